"""Two versions of a whole site: loaded from version control, and compared by packet, sign-off, role and team."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from opmodel.compare.packets import MORE_ACCESS, PacketChange, compare_packets
from opmodel.load.document import Entry
from opmodel.load.loader import LoadedModel, load_model
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet import Packet
from opmodel.model.problem import Problem
from opmodel.model.vocabulary import SIGNING_SIDES, Section, Side
from opmodel.readiness.changes import FieldChange, field_changes, plain_data
from opmodel.readiness.history import History
from opmodel.readiness.material import digests, left_out
from opmodel.readiness.review_dates import judged_on
from opmodel.readiness.signoffs import SideSignature, side_signature, without_immaterial


@dataclass(frozen=True, kw_only=True)
class SignatureChange:
    """A change of one side's signature. ``sections`` are those that made it stale."""

    side: Side
    stale: bool
    text: str
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PacketDifference:
    """One packet that differs. ``kind`` is ``added``, ``removed`` or ``changed``; only then is there a ``change``."""

    id: str
    title: str
    status: str
    kind: str
    change: PacketChange | None
    signatures: tuple[SignatureChange, ...]

    @property
    def rank(self) -> tuple[int, str]:
        """The sort key of packets: more autonomy first, then more access, stale signatures, and the rest."""
        change = self.change
        reasons = (
            change is not None and change.widened,
            change is not None and any(grant.direction in MORE_ACCESS for grant in change.access),
            self.kind != "changed",
            any(signature.stale for signature in self.signatures),
            change is not None and change.approval is not None,
            True,
        )
        return reasons.index(True), self.id


@dataclass(frozen=True, kw_only=True)
class SiteChange:
    """The differences of two versions of a site, most important first."""

    packets: tuple[PacketDifference, ...]
    others: Mapping[str, tuple[FieldChange, ...]]
    """Field changes of responsibilities, roles and teams."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.packets or any(self.others.values()))


def compare_sites(before: OperatingModel, after: OperatingModel, as_of: date) -> SiteChange:
    """Compare two versions of a site. Signatures are assessed as of the day ``as_of``.

    A packet that was renamed is compared with the one whose id it lists as a former one.
    """
    former = {name: _former_id(before, after, name) for name in after.packets}
    gone = dict.fromkeys(name for name in before.packets if name not in former.values())
    found = (_packet(before, after, former.get(name, name), name, as_of) for name in (*after.packets, *gone))
    others: dict[str, tuple[Mapping[str, Entry[Any]], Mapping[str, Entry[Any]]]] = {
        "responsibilities": (before.responsibilities, after.responsibilities),
        "roles": (before.roles, after.roles),
        "teams": (before.teams, after.teams),
    }
    return SiteChange(
        packets=tuple(sorted((packet for packet in found if packet), key=lambda packet: packet.rank)),
        others={name: tuple(field_changes(_records(old), _records(new))) for name, (old, new) in others.items()},
    )


def _records(entries: Mapping[str, Entry[Any]]) -> list[Any]:
    return [plain_data(entry.value) for entry in entries.values()]


def _former_id(before: OperatingModel, after: OperatingModel, name: str) -> str:
    """Return the id that a packet had before: its own, unless it is new and was renamed."""
    ids = () if name in before.packets else after.packets[name].value.formerly
    return next((old for old in ids if old in before.packets and old not in after.packets), name)


def _packet(
    before: OperatingModel, after: OperatingModel, former: str, name: str, as_of: date
) -> PacketDifference | None:
    """Return how the packet ``name``, which was called ``former`` before, differs, if it does."""
    old, new = before.packets.get(former), after.packets.get(name)
    signatures = tuple(_signatures(before, after, former, name, as_of))
    change = compare_packets(old.value, new.value) if old and new else None
    if old and new and not change and not signatures:
        return None
    entry = new or old
    assert entry
    return PacketDifference(
        id=name,
        title=entry.value.title,
        status=entry.value.status.label,
        kind="changed" if old and new else "added" if new else "removed",
        change=change,
        signatures=signatures,
    )


def _signatures(
    before: OperatingModel, after: OperatingModel, former: str, name: str, as_of: date
) -> Iterator[SignatureChange]:
    old, new = before.packets.get(former), after.packets.get(name)
    if not (old and new):
        return
    for side in SIGNING_SIDES:
        was = _state(before, old.value, former, side, as_of)
        now = _state(after, new.value, name, side, as_of)
        if was.current and now.signoff and now.signoff == was.signoff:
            without = left_out((*now.signoff.left_out, *after.not_material))
            now = without_immaterial(now, old.value, new.value, without)
        if (was.signoff, was.changed) != (now.signoff, now.changed):
            yield _signature(side, was, now)


def _state(model: OperatingModel, packet: Packet, name: str, side: Side, as_of: date) -> SideSignature:
    entry = model.signoffs.get(name)
    return side_signature(packet, digests(packet), entry.value if entry else None, side, judged_on(packet, as_of))


def _signature(side: Side, was: SideSignature, now: SideSignature) -> SignatureChange:
    if now.signoff is None:
        text = "the record is gone" if was.signoff else "not signed"
        return SignatureChange(side=side, stale=was.current, text=text)
    signed = f"signed on {now.signoff.date.isoformat()} by {now.signoff.name}"
    if now.current:
        return SignatureChange(side=side, stale=False, text=f"{signed}; the signature holds")
    stale = "becomes stale" if was.current else "is stale"
    return SignatureChange(side=side, stale=True, text=f"{signed}; the signature {stale}", sections=now.changed)


_COMPARED = ("data/workflows/", "data/signoffs/", "data/roles.yml", "data/teams.yml", "data/responsibilities.yml")


def load_commit(history: History, commit: str) -> tuple[LoadedModel, list[str]]:
    """Return the site as of ``commit``, and the files that were left out. Without ``data/`` there are no problems."""
    with tempfile.TemporaryDirectory(prefix="opmodel-") as folder:
        root = Path(folder).resolve()
        left_out = history.snapshot(commit, "data", root)
        loaded = load_model(root)
        return loaded if (root / "data").is_dir() else LoadedModel(loaded.model, []), left_out


def unreadable(loaded: LoadedModel) -> list[Problem]:
    """Return the problems of the compared files."""
    return sorted(problem for problem in loaded.problems if problem.place.path.startswith(_COMPARED))
