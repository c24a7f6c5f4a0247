"""Packets for tests of readiness: the good site's live one, read, changed and judged."""

from pathlib import Path
from typing import Any

from opmodel.load.document import Document
from opmodel.load.records import validate_record
from opmodel.model.packet import Packet
from opmodel.source.reader import parse
from opmodel.source.tree import Node
from sites import GOOD, INTAKE

TEXT = (GOOD / INTAKE).read_text(encoding="utf-8")
EVERY_FIELD = (
    ("      source: Mailbox\n      data_class", "      source: Mailbox\n      system: mail\n      data_class"),
    ("        where: Log store\n", "        where: Log store\n        system: mail\n"),
    ("      action: Delete a mail\n", "      action: Delete a mail\n      system: mail\n      operations: [delete]\n"),
    ("      interface: Mail interface\n", "      interface: Mail interface\n      system: mail\n"),
    ("tags: [requests]\n", "tags: [requests]\nformerly: [inbox]\nsample_as_of: 2026-11-22\nsupersedes: triage\n"),
    (
        "        decimals: 2\n",
        "        max: 100000\n        decimals: 2\n        window: { over: P60D, per: sender }\n"
        "        may_be_missing: true\n",
    ),
    ('        values: ["yes", "no"]\n', '        values: ["yes", "no"]\n        may_be_missing: true\n'),
    (
        "    rules:\n",
        "      - { id: urgent, type: boolean, label: Is it urgent }\n"
        "      - { id: due, type: date, label: When it is due, min: 2026-01-01, max: 2026-12-31 }\n"
        "    hit_policy: first\n    rules:\n",
    ),
    (
        "          - any: [desk]\n",
        "          - any: [desk]\n          - all: [head]\n        advised: [deputy]\n        informed: [sender]\n",
    ),
    (
        "    inputs:\n      - id: amount\n",
        "    cumulative_tiers: [desk, head]\n    delegation: level-below\n    inputs:\n      - id: amount\n",
    ),
    (
        "      - id: AP-03\n",
        "      - id: AP-04\n        when: {}\n        outcome: review\n        checked_by: desk\n        within: P1D\n"
        "        reason: Somebody looks.\n      - id: AP-05\n        when: {}\n        outcome: review\n"
        "        checked_by: desk\n        within: none\n        no_limit_reason: No rule names a time.\n"
        "        reason: Somebody looks later.\n      - id: AP-03\n",
    ),
    ("        rule: AP-01\n", "        rule: AP-01\n        note: The last cent.\n"),
    (
        "    cost_of_error: A request is lost.\n",
        "    cost_of_error: A request is lost.\n    volume_bands: [{ when: { urgent: 'true' }, cases: 7 }]\n",
    ),
    ("  failure_cases:\n", "    from_elsewhere: [EX-01]\n  failure_cases:\n"),
    ("  review:\n", "  review:\n    cadence: P30D\n"),
    (
        "      date: 2026-10-02\n",
        f"      date: 2026-10-02\n      kind: input\n      sections: [trigger]\n      covered: sha256:{64 * '0'}\n",
    ),
)
"""Edits that give the packet every optional field."""


def full() -> str:
    """Return the text of a packet that has every field of the model."""
    text = TEXT
    for find, replace in EVERY_FIELD:
        assert text.count(find) == 1, find
        text = text.replace(find, replace)
    return text


def tree(text: str) -> Node:
    node, faults = parse(text)
    assert node is not None, faults
    return node


def packet(text: str = TEXT) -> Packet:
    """Return the packet that a text holds."""
    node = tree(text)
    value, problems = validate_record(Packet, Document(INTAKE, node), node)
    assert value is not None, problems
    return value


def valid(plain: dict[str, Any]) -> Packet | None:
    """Return the packet that plain values make, or nothing when they make none."""
    try:
        return Packet.model_validate(plain)
    except ValueError:
        return None


def write(site: Path, text: str) -> None:
    (site / INTAKE).write_text(text, encoding="utf-8")
