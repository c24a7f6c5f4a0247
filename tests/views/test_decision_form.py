"""The form that answers from an approval table: a field for every input, and a way to say that a value is not known."""

from typing import Any

from approval.builders import AMOUNT, DUE, MATCH, NEW, approval
from opmodel.approval.table import compile_table
from opmodel.views.packet.approval import decision_form
from opmodel.views.render import html_environment

FORM = html_environment().from_string('{% from "blocks.jinja" import form %}{{ form(f, url) }}')


def html(*sources: dict[str, Any]) -> str:
    """Return the form of a table with these inputs, up to its button."""
    text = str(FORM.render(f=decision_form(compile_table(approval(sources))), url=str))
    return text.partition("<form")[2].partition("<button")[0]


def test_inputs_that_always_have_a_value_offer_nothing_else() -> None:
    assert "ot known" not in html(AMOUNT, MATCH, NEW, DUE)
    assert "checkbox" not in html(AMOUNT, MATCH, NEW, DUE)


def test_a_number_that_may_be_missing_has_a_box_and_a_choice_one_more_word() -> None:
    window = {"over": "P60D", "per": "vendor"}
    number = html(AMOUNT | {"may_be_missing": True, "window": window})
    assert number.count('<input name="case-amount" type="checkbox" value="null"> Not known</label>') == 1
    assert number.count('id="ask-amount-hint"') == 1
    choice = html(MATCH | {"may_be_missing": True})
    assert choice.count('<option value="null">Not known</option></select>') == 1
    assert "checkbox" not in choice
