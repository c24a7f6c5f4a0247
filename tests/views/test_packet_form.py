"""The script of the form is made of modules, and its patterns mean the same as Python's."""

import re
from collections.abc import Iterator

import pytest

from opmodel.adapter.theme_files import SCRIPT_PARTS, THEME, joined_script
from opmodel.readiness.gates import PLACEHOLDER
from opmodel.views.packet_form import javascript_pattern, packet_schema


def code_of(text: str) -> Iterator[str]:
    """Yield the lines of a script that are neither empty nor in a comment of whole lines."""
    inside = False
    for line in text.splitlines():
        inside = inside or (line.lstrip().startswith("/*") and (line.endswith("*/") or "*/" not in line))
        if line and not inside:
            yield line
        inside = inside and not line.endswith("*/")


@pytest.mark.parametrize("name", SCRIPT_PARTS)
def test_a_joined_script_is_made_of_its_modules_in_order(name: str) -> None:
    modules = [(THEME / "assets" / f"{part}.js").read_text(encoding="utf-8") for part in SCRIPT_PARTS[name]]
    code = [line for module in modules for line in code_of(module)]
    assert [line for line in joined_script(name).splitlines() if line] == code
    assert len(set(SCRIPT_PARTS[name])) == len(SCRIPT_PARTS[name])


def test_every_module_is_part_of_a_script() -> None:
    modules = {str(file.relative_to(THEME / "assets").with_suffix("")) for file in THEME.glob("assets/*/*.js")}
    assert modules == {part for parts in SCRIPT_PARTS.values() for part in parts}


@pytest.mark.parametrize("part", sorted({part for parts in SCRIPT_PARTS.values() for part in parts}))
def test_modules_are_short_and_name_no_pattern_of_a_field(part: str) -> None:
    text = (THEME / "assets" / f"{part}.js").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    assert not re.search(r"pattern\b.*\.(startsWith|includes)", text)


def test_each_text_field_of_a_packet_says_its_kind() -> None:
    properties = packet_schema()["$defs"]["Volume"]["properties"]
    assert properties["per"]["x-kind"] == "duration"
    assert packet_schema()["$defs"]["Pain"]["properties"]["drag"]["x-kind"] == "prose"


def test_a_pattern_for_javascript_uses_no_class_that_means_less_there() -> None:
    assert not re.search(r"\\[bW]|\$(?!\))", javascript_pattern(PLACEHOLDER))
