"""How our templates become Python: what they may print, and what is a mistake in them."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from opmodel.views.blocks import Cell
from opmodel.views.render import TemplateEnvironment, html_environment


def printed(template: str, **values: object) -> str:
    return TemplateEnvironment(escape).from_string(template).render(**values)


def test_text_is_escaped_and_markup_is_not() -> None:
    assert printed("{{ a }} {{ b }}", a="<b>", b=Markup("<i>")) == "&lt;b&gt; <i>"


@pytest.mark.parametrize("text", ["", "plain", "<&>\"'", "é<", "€&", "\U0001f600>", "&amp;", "a" * 99 + "<"])
def test_html_is_escaped_as_the_library_says(text: str) -> None:
    template = html_environment().from_string("{{ text }}{{ own }}{{ markup }}")

    class Own(str):
        pass

    expected = str(escape(text)) * 2 + "<i>"
    assert template.render(text=text, own=Own(text), markup=Markup("<i>")) == expected


def test_a_constant_is_escaped_as_everything_else() -> None:
    assert printed("{{ '<b>' }}") == "&lt;b&gt;"


def test_what_a_macro_prints_is_escaped_once() -> None:
    macro = "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
    assert printed(macro + "{{ bold(text) }}", text="a & b") == "<b>a &amp; b</b>"
    for call in ("bold(bold(text))", "bold(bold(text) if text)"):
        assert printed(f"{macro}{{{{ {call} }}}}", text="a & b") == "<b><b>a &amp; b</b></b>"
    for call in ("bold(text) if text", "bold(text)|upper|lower", "[bold(text)][0]"):
        assert printed(f"{macro}{{{{ {call} }}}}", text="a & b") == "<b>a &amp; b</b>"
    assert printed(macro + "{% set made = bold(text) %}{{ made }}", text="a & b") == "<b>a &amp; b</b>"


@pytest.mark.parametrize("call", ["item(text, 'x')", "item(text, mark='x')", "item(text)"])
def test_a_macro_may_have_arguments_that_can_be_left_out(call: str) -> None:
    macro = "{% macro item(text, mark='-') %}{{ mark }} {{ text }}{% endmacro %}"
    assert printed(f"{macro}{{{{ {call} }}}}", text="<b>").endswith(" &lt;b&gt;")


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="txet"):
        printed("{{ cell.txet }}", cell=Cell(text="a"))
    with pytest.raises(AttributeError, match="txet"):
        printed("{% if cell.txet %}a{% endif %}", cell=Cell(text="a"))


def test_a_name_that_is_not_given_is_an_error() -> None:
    for template in ("{{ cell }}", "{{ cell.text }}", "{{ cell('a') }}", "{% if cell %}a{% endif %}"):
        with pytest.raises(UndefinedError, match="'cell' is undefined"):
            printed(template)


def test_a_macro_without_its_arguments_is_an_error() -> None:
    with pytest.raises(TypeError, match="missing"):
        printed("{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold() }}")


@pytest.mark.parametrize(
    "template",
    [
        "{% macro bold(text) %}{{ text }}{% endmacro %}{% macro it(bold) %}{{ bold() }}{% endmacro %}{{ it(own) }}",
        "{% macro bold(text) %}{{ text }}{% endmacro %}{% for bold in [own] %}{{ bold() }}{% endfor %}",
        "{% import 'blocks.jinja' as blocks %}{% set blocks = {'badge': own} %}{{ blocks['badge']() }}",
    ],
)
def test_a_value_cannot_pass_for_a_macro(template: str) -> None:
    assert printed(template, own=lambda: "<b>") == "&lt;b&gt;"


def test_a_macro_can_be_called_in_a_loop() -> None:
    macro = "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
    loop = "{% for text in texts %}{% set own = text %}{{ bold(own) }}{% endfor %}"
    assert printed(macro + loop, texts=("<", ">")) == "<b>&lt;</b><b>&gt;</b>"


@pytest.mark.parametrize(
    "template",
    [
        "{% block main %}{% set own = text %}{{ same(own) }}{% endblock %}",
        "{% set made %}{{ text }}{% endset %}{{ made }}",
    ],
)
def test_text_is_escaped_in_every_part_of_a_template(template: str) -> None:
    assert printed(template, text="<b>", same=str) == "&lt;b&gt;"
