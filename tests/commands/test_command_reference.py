"""The reference is complete: every command, option, argument, field, rule and gate is documented where it should be."""

import inspect
import re
from pathlib import Path

import click
import pytest

import opmodel.model
from opmodel.commands.command_reference import all_commands, command_chapters
from opmodel.commands.main import command_group
from opmodel.model import approval, candidates, faq, organisation, packet, redirects, signoff, systems, working_time
from opmodel.model.base import FrozenModel
from opmodel.model.record_kinds import KINDS
from opmodel.readiness.gates import GATES
from opmodel.rules.catalog import rules
from opmodel.views import reference
from opmodel.views.reference import field_chapters

DOCS = Path(__file__).parents[2] / "docs"
MODULES = (approval, candidates, faq, organisation, packet, redirects, signoff, systems, working_time)
COMMANDS = list(all_commands(command_group(), ("opmodel",)))


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_option_and_argument_is_documented(path: tuple[str, ...], command: click.Command) -> None:
    (chapter,) = [each for each in command_chapters() if each.title == " ".join(path)]
    assert chapter.paragraphs[0].endswith(".")
    text = " ".join(chapter.paragraphs)
    for each in command.params:
        if isinstance(each, click.Option):
            (row,) = [
                row
                for row in chapter.table.rows
                if f"{max(each.opts, key=len)}" in re.split("[ ,]+", row.cells[0].text)
            ]
            assert re.match(r"\w", row.cells[1].text), f"{each.name} has no help"
        else:
            (name,) = re.findall(r"[A-Z]+", each.make_metavar(click.Context(command)))[:1]
            assert name in text, f"the help does not say what {name} is"


def test_the_page_of_commands_shows_them_all() -> None:
    assert "\n{{ commands() }}\n" in page("contribute/commands.md")
    assert len(command_chapters()) == len(COMMANDS) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_fields_shows_every_kind_of_file(kind: str) -> None:
    assert f'\n{{{{ fields("{kind}") }}}}\n' in page("contribute/fields.md")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_it_holds_and_means(kind: str) -> None:
    for chapter in field_chapters(kind):
        assert chapter.paragraphs[0].endswith(".")
        for row in chapter.table.rows:
            name, holds, _, meaning = (cell.text for cell in row.cells)
            assert holds, f"{chapter.title}.{name}"
            assert re.fullmatch(r"\S.*[.?]", meaning), f"{chapter.title}.{name}"


def test_every_record_of_the_model_is_on_the_page() -> None:
    shown = {chapter.title for kind in KINDS for chapter in field_chapters(kind)}
    records = {
        "".join(f" {letter}" if letter.isupper() else letter for letter in name).strip().capitalize()
        for module in MODULES
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, FrozenModel) and kind is not FrozenModel
    }
    assert records == shown
    listed = {file.stem for file in Path(opmodel.model.__path__[0]).glob("*.py")}
    known = {module.__name__.rpartition(".")[2] for module in MODULES}
    assert listed - known <= {
        "__init__",
        "base",
        "chains",
        "guide",
        "faulty_packet",
        "text_kinds",
        "labels",
        "packet_summary",
        "problem",
        "record_kinds",
        "system_uses",
        "values",
        "vocabulary",
        "web_address",
    }


def test_anchors_on_the_page_of_fields_are_unique() -> None:
    anchors = [chapter.anchor for kind in KINDS for chapter in field_chapters(kind)]
    anchors += [row.anchor for kind in KINDS for chapter in field_chapters(kind) for row in chapter.table.rows]
    assert len(anchors) == len(set(anchors))


def test_links_between_records_lead_somewhere() -> None:
    for kind in KINDS:
        anchors = {f"#{chapter.anchor}" for chapter in field_chapters(kind)}
        links = {item.href for c in field_chapters(kind) for row in c.table.rows for item in row.cells[1].items}
        assert links <= anchors


def test_an_unknown_kind_is_told_the_nearest() -> None:
    with pytest.raises(ValueError, match='no kind of file "pakcet"; did you mean "packet"'):
        field_chapters("pakcet")


def test_fields_say_which_words_and_ids_they_hold() -> None:
    held = {row.anchor: row.cells[1].text for chapter in field_chapters("packet") for row in chapter.table.rows}
    assert held["packet-fields-packet-status"] == "one of draft, in-review, approved, live, paused, retired"
    assert held["packet-fields-packet-supersedes"] == "id of a packet"
    assert held["packet-fields-access-operations"] == "list: one of read, create, update, delete, send, execute"
    assert held["packet-fields-owners-others"] == "mapping from the id of each role to record"
    assert held["packet-fields-approval-rule-when"] == "mapping from the id of each input to text"


def test_every_rule_and_gate_is_documented() -> None:
    rows = {row.anchor: row for chapter in reference.rules() for row in chapter.table.rows}
    assert list(rows) == list(rules())
    assert all(cell.text for row in rows.values() for cell in row.cells)
    assert "\n{{ rules() }}\n" in page("reference/rules.md")
    assert {f"gate-{gate.id}" for gate in GATES} == {row.anchor for row in reference.gates().rows}
    assert "\n{{ gates() }}\n" in page("guide/launch-readiness.md")


def test_the_contribute_pages_link_to_rules_and_gates() -> None:
    text = page("contribute/index.md") + page("contribute/sections.md")
    assert "(../reference/rules.md)" in text
    assert "(../guide/launch-readiness.md#gates)" in text
