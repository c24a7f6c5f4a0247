"""What is known of a packet is the same after it was kept or sent to another process."""

import pickle

import pytest

from opmodel.approval.table import compile_table
from opmodel.model.packet_summary import GateResult
from opmodel.readiness.approval_findings import check_approval
from opmodel.readiness.gates import GATES
from readiness.packets import TEXT, full, packet


@pytest.mark.parametrize("text", [TEXT, full()])
def test_a_packet_and_its_table_come_back_as_they_were(text: str) -> None:
    found = packet(text)
    table = compile_table(found.shared.approval)
    again, table_again = pickle.loads(pickle.dumps((found, table)))  # noqa: S301 our own bytes
    assert again == found
    assert again.model_dump() == found.model_dump()
    assert again.model_copy(update={"title": "Another"}).title == "Another"
    assert table_again == table
    assert table_again.approval is again.shared.approval
    assert check_approval(again.shared.approval).sentences == check_approval(found.shared.approval).sentences


def test_the_results_of_gates_come_back_as_they_were() -> None:
    results = tuple(GateResult(id=gate.id, title=gate.title, section=gate.section, reasons=()) for gate in GATES)
    assert pickle.loads(pickle.dumps(results)) == results  # noqa: S301 our own bytes
