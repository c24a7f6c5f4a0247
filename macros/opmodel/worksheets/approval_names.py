"""Ids of inputs and parties in an approval section that is made of a table."""

from typing import Any

from opmodel.approval.domain import FEEL_WORDS
from opmodel.model.approval import Approval
from opmodel.model.values import MAX_LINE
from opmodel.text.slugs import FreeNames, slug
from opmodel.worksheets.names import folded_name
from opmodel.worksheets.yaml_writer import plain_data

STARTER = "requester"
_LONGEST_ID = 36
"""Characters of an id; four more are left for a number behind it, which keeps ids apart."""


def input_id(words: str, otherwise: str) -> str:
    """Return the id of an input, made of a slug or a name; ``otherwise`` where no letter or figure is left."""
    name = words.replace("-", "_")[:_LONGEST_ID].strip("_") or otherwise
    return f"{name}_value" if name in FEEL_WORDS else f"input_{name}" if name[0].isdigit() else name


class SectionParties:
    """The parties of a section, by title. Those of the former section keep their records."""

    def __init__(self, former: Approval | None, titles: set[str]) -> None:
        folded = {folded_name(title) for title in titles}
        known = former.parties if former else ()
        self.former = {folded_name(party.title): party for party in known if folded_name(party.title) in folded}
        starter = next((p for p in former.parties if p.id == former.started_by), None) if former else None
        self.starter = starter.id if starter else STARTER
        title = "TBD: who or what starts a case"
        self.records: list[dict[str, Any]] = [plain_data(starter) if starter else {"id": STARTER, "title": title}]
        self.ids: dict[str, str] = {}
        self.taken = FreeNames({self.starter, *(party.id for party in self.former.values())})

    def of(self, title: str) -> str:
        """Return the id of the party with a title, which is added if it is new."""
        key = folded_name(title)
        if key not in self.ids:
            known = self.former.get(key)
            name = known.id if known else self.taken.take(slug(title)[:_LONGEST_ID].strip("-") or "approver")
            self.ids[key] = name
            if name != self.starter:
                self.records.append(plain_data(known) if known else {"id": name, "title": title[:MAX_LINE]})
        return self.ids[key]

    def drop_links(self) -> None:
        """Take out who parties escalate or delegate to where that party is not in the table."""
        known = {record["id"] for record in self.records}
        for record in self.records:
            if record.get("escalates_to") not in known:
                record.pop("escalates_to", None)
            if record.get("delegate", {}).get("to") not in known:
                record.pop("delegate", None)
