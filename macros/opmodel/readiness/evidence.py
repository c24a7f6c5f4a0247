"""Evidence of failure cases: which sections a test covers, and whether they are still as they were tested.

Evidence goes stale when a section changes that its test covers, or when the test itself does. Every other change leaves
it valid, and so does a change of a contact detail. Which version was tested is known, in this order, from

1. the digest that is kept beside the result (``covered``);
2. a sign-off of the day of the test or later, if what the test covers is as it was signed;
3. the commit in which the evidence first stood in the packet's file;
4. the day of the test: it must not be before the packet's last material change (``revised``).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from opmodel.load.document import Document, Entry
from opmodel.load.records import validate_record
from opmodel.model.packet import FailureCase, Packet
from opmodel.model.signoff import Signoff
from opmodel.model.vocabulary import FailureKind, Section
from opmodel.readiness.history import FileVersion, History, is_blob
from opmodel.readiness.material import MATERIAL, content_digest, folded, left_out, tested_content
from opmodel.readiness.signoffs import digests_as_signed
from opmodel.source.reader import parse

COVERED: Mapping[FailureKind, tuple[Section, ...]] = {
    FailureKind.INPUT: (Section.TRIGGER, Section.INPUTS, Section.OUTPUT, Section.EXCEPTIONS),
    FailureKind.OUTPUT: (Section.SCOPE, Section.INPUTS, Section.OUTPUT),
    FailureKind.DECISION: (Section.INPUTS, Section.APPROVAL, Section.EXCEPTIONS),
    FailureKind.ACCESS: (Section.ACCESS, Section.FORBIDDEN),
    FailureKind.INTERFACE: (Section.ACCESS, Section.CONTRACTS, Section.EXCEPTIONS),
    FailureKind.STOP: (Section.SUPPORT,),
    FailureKind.TRACE: (Section.ACCESS, Section.AUDIT),
}
"""The sections that a test of each kind covers, unless the failure case names its own."""
COVERED_WITHOUT_KIND = (
    Section.SCOPE, Section.TRIGGER, Section.INPUTS, Section.OUTPUT, Section.ACCESS, Section.FORBIDDEN,
    Section.CONTRACTS, Section.POLICIES, Section.SUPPORT, Section.APPROVAL, Section.EXCEPTIONS, Section.AUDIT,
)  # fmt: skip
"""The sections that say how the workflow behaves, for a failure case with neither a kind nor sections."""
_NOTHING: frozenset[str] = frozenset()
_TEST = "the test itself"


def covered_sections(case: FailureCase) -> tuple[Section, ...]:
    """Return the sections that the test of a failure case covers."""
    return case.sections or (COVERED[case.kind] if case.kind else COVERED_WITHOUT_KIND)


def covered_digest(packet: Packet, case: FailureCase) -> str:
    """Return the digest of what the test of a failure case covers, for the field ``covered`` beside its result."""
    return content_digest(_covered(packet, case, covered_sections(case)))


def _covered(packet: Packet, case: FailureCase, sections: Iterable[Section]) -> dict[str, Any]:
    content: dict[str, Any] = tested_content(packet, sections)
    return {**content, _TEST: folded([case.case, case.detection, case.test])}


def stale_evidence(
    entry: Entry[Packet], now: Mapping[Section, str], signed: Iterable[Signoff], history: History
) -> tuple[str, ...]:
    """Return why the evidence of each failure case is stale, or an empty text for each that is not.

    Args:
        entry: The packet.
        now: The digests of its sections.
        signed: Its sign-offs.
        history: The history of version control.
    """
    packet, signoffs = entry.value, tuple(signed)
    cases = packet.shared.failure_cases
    unknown = [
        case for case in cases if case.date and not case.covered and not _signed_as_it_is(packet, case, now, signoffs)
    ]
    tested = _tested_versions(entry, unknown, history) if unknown else {}
    return tuple(_reason(case, packet, tested.get(case.id)) if case.date else "" for case in cases)


def _signed_as_it_is(
    packet: Packet, case: FailureCase, now: Mapping[Section, str], signoffs: Iterable[Signoff]
) -> bool:
    """Whether a sign-off was given after the test, and what the test covers has not changed since."""
    assert case.date, "only a test with a day is compared"
    covered = {*covered_sections(case), Section.FAILURE_CASES}
    return any(
        case.date <= signed.date
        and (packet.revised <= case.date or signed.date < packet.revised)
        and covered <= _sections_as_signed(packet, now, signed)
        for signed in signoffs
    )


def _sections_as_signed(packet: Packet, now: Mapping[Section, str], signed: Signoff) -> set[Section]:
    """Return the sections that are as they were signed, where nothing was left out that a test covers."""
    current, without = digests_as_signed(packet, now, signed), left_out(signed.left_out)
    return {
        section
        for section, material in MATERIAL.items()
        if signed.digests.get(section) == current[section] and without.get(section, _NOTHING) <= material.contacts
    }


def _reason(case: FailureCase, packet: Packet, tested: Packet | None) -> str:
    """Return why the evidence is stale. ``tested`` is the version that was tested, if a digest does not tell more."""
    start = f'failure case "{case.id}" was tested on {case.date}'
    sections = covered_sections(case)
    if case.covered:
        names = " or ".join(sections)
        changed = covered_digest(packet, case) != case.covered
        return f"{start}, and {names} or {_TEST} changed since: another digest than covered" if changed else ""
    if tested is None:
        return ""
    assert case.date, "only a test with a day is compared"
    old = case if tested is packet else next(each for each in tested.shared.failure_cases if each.id == case.id)
    before, after = _covered(tested, old, sections), _covered(packet, case, sections)
    if changes := [name for name in after if before[name] != after[name]]:
        return f"{start}; changed since: {', '.join(changes)}"
    return f"{start}, before the packet changed on {tested.revised}" if case.date < tested.revised else ""


def _tested_versions(entry: Entry[Packet], cases: Iterable[FailureCase], history: History) -> dict[str, Packet]:
    """Return the version of the packet in which the evidence of each case first stood, by the id of the case.

    It is the present version if the evidence is not committed yet, or if there is no history.
    """
    path, data = entry.document.path, entry.document.data
    found = {case.id: entry.value for case in cases}
    committed = [each for each in reversed(history.file_versions(path).get(path, ())) if each.blob]
    if not committed or (data is not None and is_blob(data, committed[0].blob or "")):
        return found
    missing = {case.id: case for case in cases}
    for version in _readable_versions(path, committed, missing, history):
        for old in version.shared.failure_cases:
            if old.id in missing and _evidence(old) == _evidence(missing[old.id]):
                found[old.id] = version
                del missing[old.id]
        if not missing:
            break
    return found


def _readable_versions(
    path: str, versions: Iterable[FileVersion], missing: Mapping[str, FailureCase], history: History
) -> Iterable[Packet]:
    """Yield the versions of a packet, in their order, that may hold the evidence of a case in ``missing``."""
    blobs = list(dict.fromkeys(each.blob for each in versions if each.blob))
    texts = history.texts(blobs)
    for blob in blobs:
        text = texts.get(blob, "")
        if any((case.evidence or "") in text and str(case.date) in text for case in missing.values()):
            node, _ = parse(text)
            packet = validate_record(Packet, Document(path, node), node)[0] if node else None
            if packet:
                yield packet


def _evidence(case: FailureCase) -> tuple[object, ...]:
    return case.result, case.evidence, case.date
