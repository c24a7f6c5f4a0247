"""Checks packets one by one, each by itself, and keeps the results for the next check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from opmodel.cache import Cache, Key, LazyMapping, digest, engine_version
from opmodel.load.document import Document, Entry
from opmodel.load.loader import SiteFiles
from opmodel.load.record_file import ReadFile, contents, read_record
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.problem import Problem
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment, assess_packet, checked_summary
from opmodel.readiness.history import History
from opmodel.rules.catalog import rules, rules_of
from opmodel.rules.references import packets_named
from opmodel.rules.rule import Context, NamedPacket, Scope
from opmodel.source.fault import Fault

Contents = bytes | Fault | None
"""The bytes of a file, what stops it from being read, or None where there is no file."""
_NAMED = ("role", "team")
"""The kinds of record, other than packets, that a packet and its sign-offs can name."""
_OPEN = 8
"""Size of the LRU cache of opened packets: a build asks for one packet many times, then for the next."""


class PacketContent(NamedTuple):
    """A packet, its sign-offs and what was computed of both. None stands for what is missing or cannot be read."""

    packet: ReadFile[Packet] | None
    signoffs: ReadFile[Signoffs] | None
    assessment: Assessment | None

    def remember(self, packet: Contents, signoffs: Contents) -> None:
        """Take the bytes of both files, from which documents that were unpickled read their trees."""
        for read, data in ((self.packet, packet), (self.signoffs, signoffs)):
            if read and isinstance(data, bytes):
                read.document.remember(data)


@dataclass(frozen=True)
class PacketResult:
    """What the check of one packet found before other packets are looked at."""

    problems: tuple[Problem, ...]
    summary: PacketSummary | None
    """None where the packet cannot be read, or where there are only sign-offs."""
    named: tuple[NamedPacket, ...]
    """The packets that it names; whether they exist depends on the whole site."""
    signed: bool
    """Whether it has sign-offs that can be read."""
    repeatable: bool
    """Whether the result depends on nothing but the files and the shared data, so not on the history of files."""
    content: PacketContent | None = None
    """None where only the result is at hand: see `PacketResults`, which open a packet when it is asked for."""


class PacketChecker:
    """Checks the packets of one site.

    It knows roles, teams and the site's settings and nothing else, so a result can be kept under a key of all that it
    depends on, and a packet that is added or removed changes no result of another.
    """

    def __init__(self, begun: SiteFiles, root: Path, as_of: date, history: History) -> None:
        self.begun = begun
        self.root = root
        self.as_of = as_of
        self.history = history
        self.model = replace(
            begun.model,
            names={kind: begun.model.names[kind] for kind in _NAMED},
            responsibilities={}, questions={}, guide={}, pages={}, candidates=None,
            documents=(), redirects=(), permalinks="",
        )  # fmt: skip
        self.rules = frozenset(rules())
        names = (f"{kind} {sorted(known) if known is not None else None}" for kind, known in self.model.names.items())
        shared = (repr(contents(root, path)) for path in ("data/site.yml", "data/roles.yml", "data/teams.yml"))
        self.shared = digest(engine_version(), as_of.isoformat(), *names, *shared)

    @property
    def names(self) -> tuple[str, ...]:
        """The id of every packet, and of sign-offs without one."""
        return tuple(dict.fromkeys((*self.begun.packets, *self.begun.signoffs)))

    def files(self, name: str) -> tuple[Contents, Contents]:
        """Return the contents of the file of packet ``name`` and of its sign-offs."""
        return self._contents(self.begun.packets, name), self._contents(self.begun.signoffs, name)

    def _contents(self, paths: Mapping[str, str], name: str) -> Contents:
        return contents(self.root, paths[name]) if name in paths else None

    def key(self, name: str, packet: Contents, signoffs: Contents) -> Key:
        """Return the digest of all that the result of a packet depends on."""
        return digest(
            self.shared, name, *(each if isinstance(each, bytes) else repr(each) for each in (packet, signoffs))
        )

    def check(self, name: str, packet: Contents, signoffs: Contents) -> PacketResult:
        """Return the result of packet ``name``, with its content."""
        read = read_record(Packet, self.begun.packets[name], packet) if packet is not None else None
        signed = read_record(Signoffs, self.begun.signoffs[name], signoffs) if signoffs is not None else None
        entry, records = read.entry if read else None, signed.entry if signed else None
        assessment = assess_packet(self.model, entry, records, self.as_of, self.history) if entry else None
        context = Context(
            model=self.model,
            packets={name: entry} if entry else {},
            signoffs={name: records} if records else {},
            documents=tuple(each.document for each in (read, signed) if each),
            assessments={name: assessment} if assessment else {},
            as_of=self.as_of,
            history=self.history,
            rules=self.rules,
        )
        found = {*(read.problems if read else ()), *(signed.problems if signed else ())}
        for rule in rules_of(Scope.PACKET):
            found.update(rule(context))
        return PacketResult(
            problems=tuple(sorted(found)),
            summary=checked_summary(entry, records, assessment) if entry and assessment else None,
            named=packets_named(read.document) if read else (),
            signed=records is not None,
            repeatable=not (assessment and (assessment.business.changed or assessment.it.changed)),
            content=PacketContent(read, signed, assessment),
        )


class PacketResults:
    """The results of all packets of a site, by id. Their content is opened, or worked out again, when it is needed."""

    def __init__(self, checker: PacketChecker, cache: Cache) -> None:
        files = {name: checker.files(name) for name in checker.names}
        self._checker = checker
        self._keys = {name: checker.key(name, *both) for name, both in files.items()}
        pool: dict[Any, Any] = {}
        self._kept = cache.all(
            "packets",
            {key: name for name, key in self._keys.items()},
            lambda name: checker.check(name, *(files.get(name) or checker.files(name))),
            lambda result: replace(result, content=None),
            lambda result: result.repeatable,
            lambda result: replace(result, summary=result.summary.interned(pool)) if result.summary else result,
            (PacketResult, PacketResult),
        )
        self.at_hand: Mapping[str, PacketResult] = {n: self._kept.at_hand[key] for n, key in self._keys.items()}
        """The result of every packet, and of sign-offs without one, without their content."""
        self.documents = tuple(_documents(checker, files))
        """The file of every packet, then that of all sign-offs, whose bytes are at hand."""
        self._open = lru_cache(_OPEN)(self._opened)
        files.clear()  # they are read again for the few packets that are opened

    @property
    def keys(self) -> dict[str, Key]:
        """The digest of all that each result depends on; one that asked the history has none."""
        return {name: key for name, key in self._keys.items() if self.at_hand[name].repeatable}

    @property
    def summaries(self) -> dict[str, PacketSummary]:
        """The summary of every packet that can be read."""
        return {name: result.summary for name, result in self.at_hand.items() if result.summary}

    @property
    def packets(self) -> Mapping[str, Entry[Packet]]:
        """Every packet that can be read."""
        return LazyMapping(self.summaries, self._packet)

    @property
    def signoffs(self) -> Mapping[str, Entry[Signoffs]]:
        """The sign-offs of each packet, where they can be read."""
        return LazyMapping([name for name, result in self.at_hand.items() if result.signed], self._signoffs)

    @property
    def assessments(self) -> Mapping[str, Assessment]:
        """What was computed of every packet that can be read."""
        return LazyMapping(self.summaries, self._assessment)

    def _opened(self, name: str) -> PacketContent:
        content = self._kept.whole(self._keys[name]).content
        assert content, "only the results at hand have none"
        content.remember(*self._checker.files(name))
        return content

    def _packet(self, name: str) -> Entry[Packet]:
        read = self._open(name).packet
        assert read and read.entry, "it has a summary, so it can be read"
        return read.entry

    def _signoffs(self, name: str) -> Entry[Signoffs]:
        read = self._open(name).signoffs
        assert read and read.entry, "its result says that they can be read"
        return read.entry

    def _assessment(self, name: str) -> Assessment:
        assessment = self._open(name).assessment
        assert assessment, "it has a summary, so it was assessed"
        return assessment


def _documents(checker: PacketChecker, files: Mapping[str, tuple[Contents, Contents]]) -> Iterator[Document]:
    for path in checker.begun.packets.values():
        yield Document(path, None)
    for name, path in checker.begun.signoffs.items():
        document = Document(path, None)
        document.remember(files[name][1] or b"")
        yield document
