"""The site that is published where packets have errors."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opmodel.cache import Cache
from opmodel.files.git import GitError
from opmodel.files.packet_files import SIGNOFFS_FOLDER
from opmodel.load.data_files import PERMALINKS_FILE
from opmodel.model.faulty_packet import FaultyPacket, ShownVersion
from opmodel.model.problem import Place, Problem
from opmodel.model.vocabulary import Section
from opmodel.permalinks import addresses
from opmodel.permalinks.packet_anchors import packet_anchors
from opmodel.permalinks.record import recorded_anchors
from opmodel.publication.faults import errors_by_packet
from opmodel.publication.versions import CommittedVersion, CommittedVersions, faultless_until
from opmodel.rules.check import Checked, check_replaced
from opmodel.rules.packet_checker import PacketFiles

_NO_FILES: PacketFiles = (None, None)
_UNREADABLE = "it cannot be read as it was saved"


def with_shown_versions(checked: Checked, cache: Cache, *, as_saved: bool = False) -> Checked:
    """Return the site with the version that is shown of each faulty packet; unchanged without such a packet.

    That is the last good version; with ``as_saved``, as a preview shows it, the present one of each packet that can be
    read. `Checked.faulty_packets` says what is wrong with which packet. Errors that belong to no packet stay what they
    are.
    """
    errors_of = _errors_by_faulty_packet(checked)
    if not errors_of:
        return checked
    search = _Search(checked)
    readable = checked.model.summaries if as_saved else ()
    replacements = {
        name: _as_saved(errors) if name in readable else search.replacement(name, errors)
        for name, errors in errors_of.items()
    }
    while True:
        shown = _checked_with(checked, cache, replacements)
        lost = {problem.place for problem in shown.problems if problem.place.path == PERMALINKS_FILE}
        again = [name for name, each in replacements.items() if each.loses_one_of(lost)]
        if not again:
            faulty = {name: each.packet for name, each in replacements.items()}
            return replace(shown, problems=checked.problems, faulty_packets=_with_anchors(checked, faulty))
        for name in again:
            replacements[name] = search.older(name, replacements[name])


def with_saved_versions(checked: Checked) -> Checked:
    """Return the site with every packet as it was saved, and nothing of those that cannot be read.

    It takes no time, so a preview can show a saved packet before the site around it is built.
    """
    readable = checked.model.summaries
    faulty = {
        name: (_as_saved(errors) if name in readable else _not_shown(errors, because=_UNREADABLE)).packet
        for name, errors in _errors_by_faulty_packet(checked).items()
    }
    return replace(checked, faulty_packets=_with_anchors(checked, faulty))


def _errors_by_faulty_packet(checked: Checked) -> dict[str, tuple[Problem, ...]]:
    """Return the errors of each faulty packet."""
    found = errors_by_packet(checked.errors, checked.model)
    return {name: errors for name, errors in found.items() if name}


def _with_anchors(checked: Checked, faulty: Mapping[str, FaultyPacket]) -> dict[str, FaultyPacket]:
    """Return the packets with the anchors that were recorded or that the present version of each packet has."""
    model = checked.model
    return {
        name: replace(
            packet,
            anchors=(
                *recorded_anchors(model, addresses.packet(name)),
                *(packet_anchors(model, model.summaries[name]) if name in model.summaries else Section),
            ),
        )
        for name, packet in faulty.items()
    }


@dataclass(frozen=True)
class _Replacement:
    """What is shown in the place of a faulty packet, and its files; None if these are the present ones."""

    packet: FaultyPacket
    files: PacketFiles | None

    def loses_one_of(self, recorded: Collection[Place]) -> bool:
        """Whether an earlier version lacks one of the recorded addresses that the present one lacks too."""
        earlier = self.packet.shown is ShownVersion.EARLIER
        return earlier and any(problem.place in recorded for problem in self.packet.problems)


def _checked_with(checked: Checked, cache: Cache, replacements: dict[str, _Replacement]) -> Checked:
    replaced = {name: each.files for name, each in replacements.items() if each.files}
    if not replaced:
        return checked
    return check_replaced(checked, cache, replaced)


class _Search:
    """Looks for what is shown in the place of faulty packets."""

    def __init__(self, checked: Checked) -> None:
        assert checked.checker, "the outcome of a check has its checker"
        self.checker = checked.checker
        self.missing = checked.history.missing
        self.versions = CommittedVersions(checked.history)
        self.names = checked.model.names.get("packet") or frozenset()

    def replacement(self, name: str, errors: tuple[Problem, ...]) -> _Replacement:
        """Return what is shown in the place of the packet ``name``."""
        elsewhere = self._from_other_data(name, errors)
        if not elsewhere and (good := faultless_until(self.checker, name)):
            since = good + timedelta(days=1)
            packet = FaultyPacket(problems=errors, shown=ShownVersion.PRESENT, since=since, only_time=True)
            return _Replacement(packet, None)
        if self.missing:
            return _not_shown(errors, because=_not_searched(self.missing.reason, self.missing.remedy))
        lasting = [error.place.path for error in elsewhere if error.rule != "unknown-packet"]
        must_differ = {int(path.startswith(SIGNOFFS_FOLDER)) for path in lasting}
        return self._earlier(name, errors, must_differ)

    def older(self, name: str, before: _Replacement) -> _Replacement:
        """Return the next older version that is good."""
        return self._earlier(name, before.packet.problems, after=before.packet.version_commit)

    def _from_other_data(self, name: str, errors: tuple[Problem, ...]) -> list[Problem]:
        """Return the errors that rules on the whole site find in a packet."""
        own = self.checker.check(name, *self.checker.read_files(name)).problems
        return [error for error in errors if error not in own]

    def _earlier(
        self, name: str, errors: tuple[Problem, ...], must_differ: Collection[int] = (), after: str = ""
    ) -> _Replacement:
        """Return the newest good version, older than the commit ``after`` where one is named.

        A rule on the whole site that found an error in a file finds it in the same bytes again: a good version has
        other contents in the files at the positions ``must_differ`` (0 the packet, 1 its sign-offs).
        """
        since: date | None = None
        present, skip = self.checker.read_files(name), bool(after)
        try:
            for version in self.versions.of(name) if name in self.names else ():
                changed = all(version.files[each] != present[each] for each in must_differ)
                if not skip and changed and self.versions.is_good(name, version):
                    return _Replacement(_shown_as_of(version, errors, since), version.files)
                skip = skip and version.commit != after
                since = version.day
        except GitError as lost:
            return _not_shown(errors, because=_not_searched(lost.reason, lost.remedy))
        return _not_shown(errors, since)


def _as_saved(errors: tuple[Problem, ...]) -> _Replacement:
    return _Replacement(FaultyPacket(problems=errors, shown=ShownVersion.PRESENT), None)


def _not_searched(reason: str, remedy: str) -> str:
    return f"nobody could look for one without an error, because {reason}; {remedy}"


def _not_shown(errors: tuple[Problem, ...], since: date | None = None, because: str = "") -> _Replacement:
    packet = FaultyPacket(problems=errors, shown=ShownVersion.NONE, since=since, not_searched_because=because)
    return _Replacement(packet, _NO_FILES)


def _shown_as_of(version: CommittedVersion, errors: tuple[Problem, ...], since: date | None) -> FaultyPacket:
    return FaultyPacket(
        problems=errors,
        shown=ShownVersion.EARLIER,
        since=since,
        version_day=version.day,
        version_commit=version.commit,
    )
