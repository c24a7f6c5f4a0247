"""Everything that was loaded, in one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from opmodel.load.document import Document, Entry
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Question
from opmodel.model.guide import GuidePage
from opmodel.model.organisation import Responsibility, Role, Site, Team
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.redirects import Redirect
from opmodel.model.signoff import Signoffs
from opmodel.source.page_macros import PageSyntax


@dataclass(frozen=True, kw_only=True, eq=False)
class OperatingModel:
    """The operating model of one site folder, as it was read at one time: two of them are never the same.

    A record that does not fit its schema is left out and its problem is reported by the loader; ``names`` holds the
    ids of every kind all the same (None where a file cannot be read), so that one mistake is not reported twice.
    """

    root: Path
    site: Entry[Site] | None
    roles: Mapping[str, Entry[Role]]
    teams: Mapping[str, Entry[Team]]
    responsibilities: Mapping[str, Entry[Responsibility]]
    questions: Mapping[str, Entry[Question]]
    packets: Mapping[str, Entry[Packet]]
    """Every packet. A large site fetches each one when it is asked for, so lists are made from ``summaries``."""
    signoffs: Mapping[str, Entry[Signoffs]]
    summaries: Mapping[str, PacketSummary]
    """The summary of every packet, in the order of ``packets``."""
    guide: Mapping[str, Entry[GuidePage]]
    candidates: Entry[Candidates] | None = None
    documents: tuple[Document, ...]
    pages: Mapping[str, Entry[GuidePage]] = field(default_factory=dict)
    """Every page of ``docs/`` by its path without ``.md``; the guide's pages are among them."""
    page_syntax: PageSyntax = field(default_factory=PageSyntax)
    """How pages call macros, as ``mkdocs.yml`` says."""
    docs_files: tuple[str, ...] = ()
    """The path of every other file in ``docs/``, from there."""
    redirects: tuple[Entry[Redirect], ...] = ()
    permalinks: str = ""
    """The text of ``data/permalinks.txt``: a line for each address, of which a large site has a hundred thousand."""
    names: Mapping[str, frozenset[str] | None]

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """The packets whose value or safety each team owns, sorted by id."""
        found: dict[str, list[str]] = {}
        for name, summary in sorted(self.summaries.items()):
            for team in dict.fromkeys(summary.owning_teams):
                found.setdefault(team, []).append(name)
        return {team: tuple(names) for team, names in found.items()}

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """The first packet that supersedes each one that is superseded."""
        found: dict[str, str] = {}
        for name, summary in self.summaries.items():
            if summary.supersedes:
                found.setdefault(summary.supersedes, name)
        return found
