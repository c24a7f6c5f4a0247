"""Checks packets independently of each other, and caches the results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from opmodel.cache import Cache, Key, LazyMapping, digest, engine_version
from opmodel.files.packet_files import PACKETS_FOLDER, signoffs_path
from opmodel.load.document import Document, Entry
from opmodel.load.loader import SiteFiles
from opmodel.load.records import ReadFile, read_contents, read_record
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import OwedItem, PacketSummary
from opmodel.model.problem import Problem, Severity
from opmodel.model.signoff import Signoffs
from opmodel.model.system_uses import system_uses
from opmodel.readiness.assessment import Assessment, assess_packet, checked_summary
from opmodel.readiness.history import FileVersion, History
from opmodel.readiness.owed import is_newer, valid_signoffs
from opmodel.readiness.review_dates import judged_on
from opmodel.rules.catalog import rules, rules_of
from opmodel.rules.references import packet_references
from opmodel.rules.rule import Context, PacketReference, RuleScope
from opmodel.source.fault import SourceFault

Contents = bytes | SourceFault | None
"""The bytes of a file, the fault if it cannot be read, or None if there is no file."""
PacketFiles = tuple[Contents, Contents]
"""The contents of a packet's file and of its sign-offs."""
_REFERENCED = ("role", "team", "system")
"""Kinds of records that packets and sign-offs refer to, except packets."""
_LOADED = 8
"""Size of the LRU cache of loaded packets: a build accesses one packet many times, then the next."""


class PacketContent(NamedTuple):
    """A packet, its sign-offs and what was computed of both; None for what is missing or cannot be read."""

    packet: ReadFile[Packet] | None
    signoffs: ReadFile[Signoffs] | None
    assessment: Assessment | None

    def set_data(self, packet: Contents, signoffs: Contents) -> None:
        """Set the bytes of both files, from which unpickled documents parse their trees."""
        for read, data in ((self.packet, packet), (self.signoffs, signoffs)):
            if read and isinstance(data, bytes):
                read.document.set_data(data)


@dataclass(frozen=True)
class PacketResult:
    """The result of checking one packet, independent of other packets."""

    problems: tuple[Problem, ...]
    summary: PacketSummary | None
    """None if the packet cannot be read, or if there are only sign-offs."""
    packet_references: tuple[PacketReference, ...]
    """Its references to packets, which are looked up with the whole site."""
    has_signoffs: bool
    """Whether there are sign-offs that can be read."""
    content: PacketContent | None = None
    """None in results that are held in memory; see `PacketResults`."""


class PacketChecker:
    """Checks the packets of one site.

    The model that packet rules see has roles, teams, settings and rows with a day only, so that the cache key of a
    result covers all of its inputs, and adding or removing a packet leaves the results of others valid.

    Args:
        site_files: The site, and the paths of its packets.
        root: Its folder.
        as_of: The day on which dates are judged.
        history: The history of the folder.
        replaced: Contents to check in the place of those of some packets' files.
    """

    def __init__(
        self,
        site_files: SiteFiles,
        root: Path,
        as_of: date,
        history: History,
        replaced: Mapping[str, PacketFiles] | None = None,
    ) -> None:
        self.site_files = site_files
        self.root = root
        self.as_of = as_of
        self.history = history
        added = {name: row for name, row in site_files.model.responsibilities.items() if row.value.since}
        rows = (repr(row.value) for row in added.values())
        self.replaced = replaced or {}
        self.model = replace(
            site_files.model,
            names={kind: site_files.model.names.get(kind) for kind in _REFERENCED},
            responsibilities=added, questions={}, guide={}, pages={}, candidates=None, ai_models={},
            documents=(), redirects=(), permalinks="",
        )  # fmt: skip
        self.rules = frozenset(rules())
        names = (f"{kind} {sorted(known) if known is not None else None}" for kind, known in self.model.names.items())
        shared = [repr(read_contents(root, path)) for path in ("data/site.yml", "data/roles.yml", "data/teams.yml")]
        shared += [repr(entry.value) for entry in self.model.systems.values()]
        self.shared_digest = digest(engine_version(), as_of.isoformat(), *names, *shared, *rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of all packets, and of sign-offs without a packet."""
        return tuple(dict.fromkeys((*self.site_files.packets, *self.site_files.signoffs)))

    def on(self, day: date) -> "PacketChecker":
        """Return a checker of the same packets that judges dates as on another day."""
        return PacketChecker(self.site_files, self.root, day, self.history, self.replaced)

    def read_files(self, name: str) -> PacketFiles:
        """Read the file of packet ``name`` and that of its sign-offs, unless they are replaced."""
        return self.replaced[name] if name in self.replaced else self.read_saved(name)

    def read_saved(self, name: str) -> PacketFiles:
        """Read the file of packet ``name`` and that of its sign-offs as they are in the site's folder."""
        return self._contents(self.site_files.packets, name), self._contents(self.site_files.signoffs, name)

    def _signoffs_path(self, name: str) -> str:
        return self.site_files.signoffs.get(name, signoffs_path(name))

    def _contents(self, paths: Mapping[str, str], name: str) -> Contents:
        return read_contents(self.root, paths[name]) if name in paths else None

    def cache_key(self, name: str, packet: Contents, signoffs: Contents) -> Key:
        """Return the digest of all inputs of the result of a packet."""
        committed = self._committed.get(self.site_files.packets.get(name, ""), ())
        return digest(
            self.shared_digest,
            name,
            *(each if isinstance(each, bytes) else repr(each) for each in (packet, signoffs)),
            *(f"{version.blob} {version.readable}" for version in committed),
        )

    @cached_property
    def _committed(self) -> dict[str, list[FileVersion]]:
        """The committed versions of all packets, with which what changed since a test or a sign-off is found."""
        return self.history.file_versions(PACKETS_FOLDER)

    def check(self, name: str, packet: Contents, signoffs: Contents) -> PacketResult:
        """Check packet ``name`` and return the result with its content."""
        read = read_record(Packet, self.site_files.packets[name], packet) if packet is not None else None
        signed = read_record(Signoffs, self._signoffs_path(name), signoffs) if signoffs is not None else None
        entry, records = read.entry if read else None, signed.entry if signed else None
        as_of = judged_on(entry.value, self.as_of) if entry else self.as_of
        assessment = assess_packet(self.model, entry, records, as_of, self.history) if entry else None
        context = Context(
            model=self.model,
            packets={name: entry} if entry else {},
            signoffs={name: records} if records else {},
            documents=tuple(each.document for each in (read, signed) if each),
            assessments={name: assessment} if assessment else {},
            as_of=as_of,
            history=self.history,
            rules=self.rules,
        )
        found = {*(read.problems if read else ()), *(signed.problems if signed else ())}
        owed: dict[OwedItem, None] = {}
        signoffs_held = (
            valid_signoffs(entry.value, (assessment.business, assessment.it)) if entry and assessment else ()
        )
        for rule in rules_of(RuleScope.PACKET):
            problems = list(rule(context))
            if rule.since and is_newer(rule.since, signoffs_held):
                problems = [replace(problem, severity=Severity.WARNING) for problem in problems]
                owed |= {OwedItem("rule", each.rule, f"the rule {each.rule}"): None for each in problems}
            found.update(problems)
        summary = checked_summary(entry, records, assessment, tuple(owed)) if entry and assessment else None
        if summary and entry and self.model.systems:
            summary = replace(summary, system_uses=system_uses(entry.value))
        return PacketResult(
            problems=tuple(sorted(found)),
            summary=summary,
            packet_references=packet_references(read.document) if read else (),
            has_signoffs=records is not None,
            content=PacketContent(read, signed, assessment),
        )


class PacketResults:
    """The results of all packets of a site. Their content is loaded from the cache, or computed again, on access."""

    def __init__(self, checker: PacketChecker, cache: Cache) -> None:
        files = {name: checker.read_files(name) for name in checker.names}
        self._checker = checker
        self._keys = {name: checker.cache_key(name, *both) for name, both in files.items()}
        pool: dict[Any, Any] = {}
        self._results = cache.results(
            "packets",
            {key: name for name, key in self._keys.items()},
            lambda name: checker.check(name, *(files.get(name) or checker.read_files(name))),
            lambda result: replace(result, content=None),
            intern=lambda result: replace(result, summary=result.summary.interned(pool)) if result.summary else result,
            kind=PacketResult,
        )
        self.by_id: Mapping[str, PacketResult] = {n: self._results.summaries[key] for n, key in self._keys.items()}
        """The result of every packet, and of sign-offs without a packet, without content."""
        self.documents = tuple(_documents(checker, files))
        """The files of all packets, then those of all sign-offs with their bytes."""
        self._content = lru_cache(_LOADED)(self._load)
        files.clear()  # read again for the few packets that are loaded

    @property
    def keys(self) -> dict[str, Key]:
        """The cache key of each result."""
        return self._keys

    @property
    def summaries(self) -> dict[str, PacketSummary]:
        """The summary of every packet that can be read."""
        return {name: result.summary for name, result in self.by_id.items() if result.summary}

    @property
    def packets(self) -> Mapping[str, Entry[Packet]]:
        """Every packet that can be read."""
        return LazyMapping(self.summaries, self._packet)

    @property
    def signoffs(self) -> Mapping[str, Entry[Signoffs]]:
        """The sign-offs of each packet, where they can be read."""
        return LazyMapping([name for name, result in self.by_id.items() if result.has_signoffs], self._signoffs)

    @property
    def assessments(self) -> Mapping[str, Assessment]:
        """The assessment of every packet that can be read."""
        return LazyMapping(self.summaries, self._assessment)

    def _load(self, name: str) -> PacketContent:
        content = self._results.load(self._keys[name]).content
        assert content, "only results in memory have none"
        content.set_data(*self._checker.read_files(name))
        return content

    def _packet(self, name: str) -> Entry[Packet]:
        read = self._content(name).packet
        assert read and read.entry, "a packet with a summary can be read"
        return read.entry

    def _signoffs(self, name: str) -> Entry[Signoffs]:
        read = self._content(name).signoffs
        assert read and read.entry, "the result says that there are some"
        return read.entry

    def _assessment(self, name: str) -> Assessment:
        assessment = self._content(name).assessment
        assert assessment, "a packet with a summary was assessed"
        return assessment


def _documents(checker: PacketChecker, files: Mapping[str, tuple[Contents, Contents]]) -> Iterator[Document]:
    for path in checker.site_files.packets.values():
        yield Document(path, None)
    for name, path in checker.site_files.signoffs.items():
        document = Document(path, None)
        document.set_data(files[name][1] or b"")
        yield document
