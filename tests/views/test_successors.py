"""Which packet took the place of another, on a site where several claim to."""

from dataclasses import replace
from pathlib import Path

from opmodel.load.document import Entry
from opmodel.load.loader import load
from opmodel.views.successors import successor

GOOD = Path(__file__).parents[1] / "rules" / "good"


def test_of_several_that_supersede_a_packet_the_first_counts() -> None:
    model = load(GOOD).model
    intake = model.packets["intake"]
    later = Entry(intake.value.model_copy(update={"supersedes": "intake"}), intake.document)
    model = replace(model, packets={"intake": intake, "second": later, "third": later})
    assert successor(model, "intake") == "second"
    assert successor(model, "second") is None
