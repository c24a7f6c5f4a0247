"""One packet, judged by itself: read, assessed, and held against the rules that look at nothing but one packet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from opmodel.load.document import Document
from opmodel.load.file import ReadFile, contents, read_record
from opmodel.load.loader import Begun
from opmodel.memory import Key, digest, engine
from opmodel.model.cover import Cover, cover
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.problem import Problem
from opmodel.readiness.assessment import Assessment, assess_packet
from opmodel.readiness.history import History
from opmodel.readiness.standing import Standing, standing
from opmodel.rules.catalog import SINGLE, rules
from opmodel.rules.references import packets_named
from opmodel.rules.rule import Context, NamedPacket
from opmodel.source.fault import Fault

Contents = bytes | Fault | None
"""What a file holds, what stops it from being read, or None where there is no file."""


@dataclass(frozen=True)
class Brief:
    """What is kept at hand of a judgement: enough for every list and every rule on the whole site."""

    problems: tuple[Problem, ...]
    cover: Cover | None
    """None where the packet cannot be read, or where there are only sign-offs."""
    standing: Standing | None
    named: tuple[NamedPacket, ...]
    """The packets that it names: whether there are such depends on the whole site."""
    signed: bool
    """Whether there are sign-offs that can be read."""
    lasting: bool
    """Whether it depends on the files and the shared data alone, and not on the history of the files as well."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one packet and its sign-offs before other packets are looked at."""

    packet: ReadFile[Packet] | None
    signoffs: ReadFile[Signoffs] | None
    assessment: Assessment | None
    problems: tuple[Problem, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files that there are."""
        return tuple(each.document for each in (self.packet, self.signoffs) if each)

    @property
    def brief(self) -> Brief:
        """What is kept at hand of it."""
        entry, assessment = self.packet.entry if self.packet else None, self.assessment
        signed = self.signoffs.entry if self.signoffs else None
        return Brief(
            problems=self.problems,
            cover=cover(entry.value, signed.value if signed else None) if entry else None,
            standing=standing(assessment) if assessment else None,
            named=packets_named(self.packet.document) if self.packet else (),
            signed=signed is not None,
            lasting=not (assessment and (assessment.business.changed or assessment.it.changed)),
        )

    def give(self, packet: Contents, signoffs: Contents) -> None:
        """Take the bytes of both files, from which the trees of a remembered judgement can be read."""
        for read, data in ((self.packet, packet), (self.signoffs, signoffs)):
            if read and isinstance(data, bytes):
                read.document.remember(data)


_NAMED = ("role", "team")
"""The kinds of record that a packet and its sign-offs can name, but for other packets."""


class Bench:
    """Judges the packets of one site, one by one.

    It knows roles, teams and the site's settings, and nothing else: so the key of a judgement names all that it depends
    on, and a packet that comes or goes changes no judgement of another.
    """

    def __init__(self, begun: Begun, root: Path, as_of: date, history: History) -> None:
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
        self.shared = digest(engine(), as_of.isoformat(), *names, *shared)

    @property
    def names(self) -> tuple[str, ...]:
        """The id of every packet, and of sign-offs without one."""
        return tuple(dict.fromkeys((*self.begun.packets, *self.begun.signoffs)))

    def files(self, name: str) -> tuple[Contents, Contents]:
        """Return what the files of the packet ``name`` and of its sign-offs hold."""
        return self._contents(self.begun.packets, name), self._contents(self.begun.signoffs, name)

    def _contents(self, paths: Mapping[str, str], name: str) -> Contents:
        return contents(self.root, paths[name]) if name in paths else None

    def key(self, name: str, packet: Contents, signoffs: Contents) -> Key:
        """Return the digest of all that the judgement of a packet depends on."""
        return digest(
            self.shared, name, *(each if isinstance(each, bytes) else repr(each) for each in (packet, signoffs))
        )

    def judge(self, name: str, packet: Contents, signoffs: Contents) -> Judgement:
        """Return the judgement of the packet ``name``."""
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
        for rule in SINGLE:
            found.update(rule(context))
        return Judgement(read, signed, assessment, tuple(sorted(found)))
