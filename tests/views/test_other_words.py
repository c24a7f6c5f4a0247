"""Which other words an entry of the search index gets from the site's groups of words for the same thing."""

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from opmodel.load.document import Entry
from opmodel.load.loader import load_model
from opmodel.views.search_entries import weighted_entries

GOOD = Path(__file__).parents[1] / "rules" / "good"
SYNONYMS = (("stop", "Kill switch", "turn off"), ("sign-off", "signature"), ("log", "records of what"), ("R&D", " "))


@pytest.mark.parametrize(
    ("title", "tags"),
    [
        ("Stop it", ["Kill switch", "turn off"]),
        ("How to TURN OFF the kill switch", ["stop"]),
        ("Turn it off", []),
        ("Who gave a sign-off, and the log", ["signature", "records of what"]),
        ("Sign off", []),
        ("R&D", []),
        ("–", []),
    ],
)
def test_an_entry_gets_the_other_words_of_each_group_that_it_has_one_of(title: str, tags: list[str]) -> None:
    model = load_model(GOOD).model
    assert model.site
    site = model.site.value.model_copy(update={"synonyms": SYNONYMS})
    model = replace(model, site=Entry(site, model.site.document))
    (entry,) = weighted_entries([{"location": "elsewhere/", "title": escape(title), "text": Markup()}], model)
    assert entry["tags"] == tags
