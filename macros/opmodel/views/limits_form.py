"""The page that checks approval limits in the browser: the words of limits, and an example table."""

from dataclasses import dataclass
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from opmodel.approval.domain import FEEL_WORDS
from opmodel.approval.limit_words import all_phrases, limit_words

EXAMPLE = """\
Purchase\tApproval
Up to $5,000\tTeam Lead
$5,000 to $25,000\tDepartment Head
More than $25,000 but less than $100,000\tFinance Director
More than $100,000\tFinance Director and Chief Executive
"""
"""A table as a spreadsheet copies it, with a case that two rules claim and one that has none."""


@dataclass(frozen=True, kw_only=True)
class LimitsForm:
    """The data of the script of the page."""

    data: dict[str, Any]

    @property
    def json(self) -> Markup:
        """The data as JSON for a script element."""
        return htmlsafe_json_dumps(self.data, ensure_ascii=False, separators=(",", ":"))


def limits_form() -> LimitsForm:
    """Return the data of the page, the same on every site."""
    words = limit_words()
    reserved = sorted(FEEL_WORDS)
    return LimitsForm(
        data={"phrases": all_phrases(), "signs": words["signs"], "reserved": reserved, "example": EXAMPLE}
    )
