"""Versions of a packet without an error: the present one on an earlier day, or a committed one.

A version is judged by the rules of this engine, with the roles, teams and settings of its commit, as on the day of the
commit. So nothing that was published before is trusted, and no cache is asked.
"""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from opmodel.files.git import REFETCH, GitError
from opmodel.files.packet_files import PACKETS_FOLDER, packet_path, signoffs_path
from opmodel.load.loader import SiteFiles, load_site
from opmodel.model.problem import Severity
from opmodel.readiness.history import History
from opmodel.readiness.review_dates import last_named_day
from opmodel.rules.packet_checker import PacketChecker, PacketFiles, PacketResult
from opmodel.rules.references import unknown_packets

_SHARED = ("data/site.yml", "data/roles.yml", "data/teams.yml", "data/responsibilities.yml")
"""What a packet is judged with."""


@dataclass(frozen=True, kw_only=True)
class CommittedVersion:
    """A committed version of a packet and its sign-offs."""

    commit: str
    day: date
    packet: bytes
    signoffs: bytes | None

    @property
    def files(self) -> PacketFiles:
        """The contents of both files."""
        return self.packet, self.signoffs


def faultless_until(checker: PacketChecker, name: str) -> date | None:
    """Return the last day on which the present version of a packet had no error; None if it has one on every day."""
    files = checker.read_files(name)
    good = _last_named_day(checker.check(name, *files), checker.as_of)
    if good is None or not _is_good(checker.on(good).check(name, *files)):
        return None
    bad = checker.as_of
    while bad - good > timedelta(days=1):  # an error of time that has come stays
        middle = good + (bad - good) // 2
        good, bad = (middle, bad) if _is_good(checker.on(middle).check(name, *files)) else (good, middle)
    return good


def _is_good(result: PacketResult) -> bool:
    return not any(problem.severity is Severity.ERROR for problem in result.problems)


def _last_named_day(result: PacketResult, as_of: date) -> date | None:
    """Return the last day up to ``as_of`` on which something happened, by the packet and its sign-offs themselves."""
    content = result.content
    if not (content and content.packet and content.packet.entry):
        return None
    signed = content.signoffs.entry if content.signoffs else None
    return last_named_day(content.packet.entry.value, signed.value if signed else None, as_of)


def _day(text: str) -> date:
    """Return the day of a commit; the first of all where its clock was so wrong that no day has that name."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


class CommittedVersions:
    """The committed versions of packets along the first parents of the current commit."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._shared = lru_cache(maxsize=64)(self._load_shared)

    def of(self, name: str) -> Iterator[CommittedVersion]:
        """Yield every version of a packet, newest first: of each commit that changed it or what it is judged with.

        Raises:
            GitError: The repository lacks a version.
        """
        paths = (packet_path(name), signoffs_path(name))
        versions = self._history.first_parent_versions
        days = {each.commit: each.day for path in (*paths, *_SHARED) for each in versions.get(path, ())}
        positions = self._positions
        for commit in sorted(days, key=positions.__getitem__):
            packet, signoffs = self._contents([self._blob(path, commit) for path in paths], commit)
            if packet is not None:
                yield CommittedVersion(commit=commit, day=_day(days[commit]), packet=packet, signoffs=signoffs)

    def is_good(self, name: str, version: CommittedVersion) -> bool:
        """Whether a version had no error in its commit."""
        site = self._shared(tuple(self._blob(path, version.commit) for path in _SHARED), version.commit)
        files = {name: packet_path(name)}, {name: signoffs_path(name)}
        judged = SiteFiles(site.model, [], *files)
        checker = PacketChecker(judged, self._history.root, version.day, self._history)
        result = checker.check(name, *version.files)
        named = _last_named_day(result, _next_day(version.day))
        if named and named > version.day:  # a day begins earlier in another time zone
            result = checker.on(named).check(name, *version.files)
        return _is_good(result) and not any(unknown_packets(result.packet_references, self._names(version.commit)))

    @cached_property
    def _positions(self) -> dict[str, int]:
        """The position of each commit, newest first."""
        return {commit: position for position, commit in enumerate(self._history.first_parents)}

    def _blob(self, path: str, commit: str) -> str | None:
        """Return the id of the content of a file as of a commit."""
        position = self._positions[commit]
        known = self._history.first_parent_versions.get(path, ())
        return next((each.blob for each in known if self._positions[each.commit] >= position), None)

    def _names(self, commit: str) -> Collection[str]:
        """Return the ids of all packets as of a commit."""
        paths = self._history.file_versions(PACKETS_FOLDER)
        return {Path(path).stem for path in paths if self._blob(path, commit)}

    def _contents(self, blobs: Sequence[str | None], commit: str) -> list[bytes | None]:
        """Return the content of each blob; None where there is none."""
        wanted = [blob for blob in blobs if blob]
        found = self._history.contents(wanted)
        if len(found) < len(set(wanted)):
            raise GitError(f"the repository lacks files of commit {commit[:12]}", REFETCH)
        return [found[blob] if blob else None for blob in blobs]

    def _load_shared(self, blobs: tuple[str | None, ...], commit: str) -> SiteFiles:
        """Return a site that has the shared data in ``blobs`` and nothing else."""
        contents = self._contents(blobs, commit)
        with tempfile.TemporaryDirectory(prefix="opmodel-") as folder:
            (Path(folder) / "data").mkdir()
            for path, content in zip(_SHARED, contents, strict=True):
                if content is not None:
                    (Path(folder) / path).write_bytes(content)
            return load_site(Path(folder).resolve())
