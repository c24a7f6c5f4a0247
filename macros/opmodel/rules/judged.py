"""The packets of one site as they were judged: their briefs at hand, each whole one when somebody asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from opmodel.load.document import Document, Entry
from opmodel.memory import Asked, Key, Memory
from opmodel.model.cover import Cover
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.standing import Standing
from opmodel.rules.judgement import Bench, Brief, Contents, Judgement

_OPEN = 8
"""How many packets are open at a time: a page asks for its own many times, and a build for one after another."""


class Judged:
    """The judgement of every packet, and of sign-offs without one, by id."""

    def __init__(self, bench: Bench, memory: Memory) -> None:
        files = {name: bench.files(name) for name in bench.names}
        self._bench = bench
        self._keys = {name: bench.key(name, *both) for name, both in files.items()}
        same: dict[Any, Any] = {}
        self._results = memory.all(
            "judgements",
            {key: name for name, key in self._keys.items()},
            lambda name: bench.judge(name, *(files.get(name) or bench.files(name))),
            lambda judgement: judgement.brief,
            lambda brief: brief.lasting,
            lambda brief: replace(brief, cover=brief.cover.alike(same)) if brief.cover else brief,
            (Judgement, Brief),
        )
        self.briefs: Mapping[str, Brief] = {name: self._results.briefs[key] for name, key in self._keys.items()}
        self.documents = tuple(_documents(bench, files))
        """The file of every packet, and then that of all sign-offs, whose bytes are at hand."""
        self._open = lru_cache(_OPEN)(self._opened)
        files.clear()  # they are read again for the few packets that are opened

    @property
    def keys(self) -> dict[str, Key]:
        """The digest of all that each judgement depends on; one that asked the history has none."""
        return {name: key for name, key in self._keys.items() if self.briefs[name].lasting}

    @property
    def covers(self) -> dict[str, Cover]:
        """The cover of every packet that can be read."""
        return {name: brief.cover for name, brief in self.briefs.items() if brief.cover}

    @property
    def standings(self) -> dict[str, Standing]:
        """How every packet stands that can be read."""
        return {name: brief.standing for name, brief in self.briefs.items() if brief.standing}

    @property
    def packets(self) -> Mapping[str, Entry[Packet]]:
        """Every packet that can be read."""
        return Asked(self.covers, self._packet)

    @property
    def signoffs(self) -> Mapping[str, Entry[Signoffs]]:
        """The sign-offs of each packet, where they can be read."""
        return Asked([name for name, brief in self.briefs.items() if brief.signed], self._signoffs)

    @property
    def assessments(self) -> Mapping[str, Assessment]:
        """What was computed about every packet that can be read."""
        return Asked(self.standings, self._assessment)

    def _opened(self, name: str) -> Judgement:
        judgement = self._results.whole(self._keys[name])
        judgement.give(*self._bench.files(name))
        return judgement

    def _packet(self, name: str) -> Entry[Packet]:
        read = self._open(name).packet
        assert read and read.entry, "its brief says that it can be read"
        return read.entry

    def _signoffs(self, name: str) -> Entry[Signoffs]:
        read = self._open(name).signoffs
        assert read and read.entry, "its brief says that they can be read"
        return read.entry

    def _assessment(self, name: str) -> Assessment:
        assessment = self._open(name).assessment
        assert assessment, "its brief says how it stands"
        return assessment


def _documents(bench: Bench, files: Mapping[str, tuple[Contents, Contents]]) -> Iterator[Document]:
    for path in bench.begun.packets.values():
        yield Document(path, None)
    for name, path in bench.begun.signoffs.items():
        document = Document(path, None)
        document.remember(files[name][1] or b"")
        yield document
