"""Which packet took the place of another, on a site where several claim to."""

from dataclasses import replace
from pathlib import Path

from opmodel.load.loader import load_model

GOOD = Path(__file__).parents[1] / "rules" / "good"


def test_of_several_that_supersede_a_packet_the_first_counts() -> None:
    model = load_model(GOOD).model
    intake = model.summaries["intake"]
    later = replace(intake, supersedes="intake")
    model = replace(model, summaries={"intake": intake, "second": later, "third": later})
    assert model.successors == {"intake": "second"}
