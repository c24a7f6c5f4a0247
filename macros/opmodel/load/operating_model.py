"""The operating model of one site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from opmodel.load.document import Document, Entry
from opmodel.load.host_settings import HostSettings
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Question
from opmodel.model.guide import GuidePage
from opmodel.model.organisation import Responsibility, Role, Site, Team
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.redirects import Redirect
from opmodel.model.signoff import Signoffs
from opmodel.model.systems import AiModel, System
from opmodel.source.page_macros import PageSyntax


@dataclass(frozen=True, kw_only=True, eq=False)
class OperatingModel:
    """The operating model of one site's folder at one time. Compared by identity.

    Invalid records are left out, and the loader reports them. ``names`` holds the ids of all records of each kind,
    invalid ones included, so that no reference to one is reported as unknown; None if the ids cannot be determined.
    """

    root: Path
    site: Entry[Site] | None
    roles: Mapping[str, Entry[Role]]
    teams: Mapping[str, Entry[Team]]
    responsibilities: Mapping[str, Entry[Responsibility]]
    questions: Mapping[str, Entry[Question]]
    packets: Mapping[str, Entry[Packet]]
    """Every packet, loaded on access; lists use ``summaries``."""
    signoffs: Mapping[str, Entry[Signoffs]]
    summaries: Mapping[str, PacketSummary]
    """The summary of every packet, in the order of ``packets``."""
    guide: Mapping[str, Entry[GuidePage]]
    candidates: Entry[Candidates] | None = None
    systems: Mapping[str, Entry[System]] = field(default_factory=dict)
    ai_models: Mapping[str, Entry[AiModel]] = field(default_factory=dict)
    documents: tuple[Document, ...]
    pages: Mapping[str, Entry[GuidePage]] = field(default_factory=dict)
    """Every page of ``docs/`` by its path without ``.md``; the guide's pages are among them."""
    page_syntax: PageSyntax = field(default_factory=PageSyntax)
    """How pages call macros, as ``mkdocs.yml`` says."""
    host: HostSettings = field(default_factory=HostSettings)
    """What ``mkdocs.yml`` says of links and navigation."""
    page_files: frozenset[str] | None = None
    """The path of every Markdown file in ``docs/``, from there; None where the folder cannot be read."""
    docs_files: tuple[str, ...] = ()
    """The path of every other file in ``docs/``, relative to it."""
    redirects: tuple[Entry[Redirect], ...] = ()
    permalinks: str = ""
    """The text of ``data/permalinks.txt``, one address a line; a large site has a hundred thousand."""
    names: Mapping[str, frozenset[str] | None]

    @property
    def not_material(self) -> tuple[str, ...]:
        """The fields of packets that the site calls not material."""
        return self.site.value.not_material if self.site else ()

    @cached_property
    def system_names(self) -> Mapping[str, str]:
        """The id of a system by each of its names: its id, name and aliases."""
        found = {name: name for name in self.systems}
        for ident, entry in self.systems.items():
            for name in (entry.value.name, *entry.value.aliases):
                found.setdefault(name, ident)
        return found

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the packets whose value or safety each team owns, sorted."""
        found: dict[str, list[str]] = {}
        for name, summary in sorted(self.summaries.items()):
            for team in dict.fromkeys(summary.owning_teams):
                found.setdefault(team, []).append(name)
        return {team: tuple(names) for team, names in found.items()}

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """By superseded packet, the first packet that supersedes it."""
        found: dict[str, str] = {}
        for name, summary in self.summaries.items():
            if summary.supersedes:
                found.setdefault(summary.supersedes, name)
        return found
