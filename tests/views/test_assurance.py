"""The third side, assurance: shown where roles or teams are on it, and nowhere else."""

import csv
import io
from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.formats import csv_tables
from opmodel.formats.api import content
from opmodel.model.vocabulary import Side
from opmodel.rules.check import Checked, check
from opmodel.views.matrix import matrix
from opmodel.views.packet_form import packet_form
from opmodel.views.render import render
from opmodel.views.teams import team_index, team_page
from sites import TODAY, but_history, edit, good, with_assurance

DAY = TODAY.isoformat()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return with_assurance(tmp_path)


@pytest.fixture
def two(tmp_path: Path) -> Checked:
    """A site with two sides."""
    return check(good(tmp_path), TODAY)


@pytest.fixture
def three(site: Path) -> Checked:
    return check(site, TODAY)


def shown(checked: Checked) -> str:
    return str(render("matrix.html.jinja", "matrix/", matrix=matrix(checked.model)))


def test_the_matrix_ends_with_the_columns_of_assurance(three: Checked) -> None:
    view = matrix(three.model)
    assert [(side.label, width) for side, width in view.sides] == [("Business", 2), ("IT", 2), ("Assurance", 1)]
    assert [side.label for side in view.independent] == ["Assurance"]
    assert [row.sides for row in view.rows] == ["business it assurance", "business it", "business it assurance"]
    assert [row.letters[-1].letter for row in view.rows] == ["I", "", "C"]


def test_a_role_stands_with_its_side_wherever_it_is_listed(site: Path) -> None:
    edit(site, "data/roles.yml", "name: Operations\n    side: business", "name: Operations\n    side: assurance")
    roles = ["workflow-owner", "platform-owner", "security", "operations", "audit"]
    assert [role.id for role in matrix(check(site, TODAY).model).roles] == roles


def test_the_page_has_a_filter_and_a_legend_for_it(three: Checked) -> None:
    page = shown(three)
    assert '<select data-om-filter="side">' in page
    assert 'data-side="business it assurance"' in page
    assert '<th scope="colgroup" colspan="1" class="om-side om-side--assurance">' in page
    assert page.count("om-layer--assurance") == 2  # above its columns and in the legend


def test_a_packet_marks_its_holders(three: Checked) -> None:
    page = str(render("matrix.html.jinja", "workflows/triage/", matrix=matrix(three.model, "triage")))
    assert '<span class="om-shape om-shape--assurance"></span>Head of Audit' in page


def test_without_the_side_nothing_of_it_shows(two: Checked) -> None:
    assert matrix(two.model).independent == ()
    assert "data-side" not in shown(two)
    assert "assurance" not in shown(two)
    assert [table.caption for table in team_index(two)] == ["Business teams", "IT teams"]
    assert list(packet_form(two, {}).data["layers"]) == ["business", "it", "shared"]


def test_its_teams_have_a_table_and_pages(three: Checked) -> None:
    assert [table.caption for table in team_index(three)] == ["Business teams", "IT teams", "Assurance teams"]
    page = team_page(three, "internal-audit")
    assert (page.side.value, page.side.label, page.owned) == ("assurance", "Assurance", None)
    assert [cell.text for cell in page.duties.rows[0].cells[1].items] == ["Head of Audit"]


def test_the_form_names_the_side_of_roles_and_teams(three: Checked) -> None:
    data = packet_form(three, {}).data
    assert data["layers"]["assurance"] == "Assurance"
    assert ["audit", "Audit", "assurance"] in data["choices"]["role"]
    assert ["internal-audit", "Internal audit", "assurance"] in data["choices"]["team"]


def test_other_programs_get_it(three: Checked) -> None:
    assert [role.side for role in content.responsibilities(three).roles][-1] is Side.ASSURANCE
    rows = csv.DictReader(io.StringIO(csv_tables.matrix(three).decode("utf-8-sig")))
    assert [row["Audit"] for row in rows] == ["I", "", "C"]


def test_a_new_packet_has_a_holder_of_its_roles(site: Path) -> None:
    opmodel(site, "new", "Meeting notes", "--team", "legal", "--as-of", DAY)
    checked = check(site, TODAY)
    assert but_history(checked.problems) == []
    assert checked.model.packets["meeting-notes"].value.owners.others["audit"].team == "internal-audit"


def test_a_packet_waits_for_a_team_of_the_side(site: Path) -> None:
    edit(site, "data/teams.yml", "side: assurance", "side: it")
    told = opmodel(site, "new", "Meeting notes", "--team", "legal", "--as-of", DAY, code=1).output
    assert "data/teams.yml has no team on the Assurance side; add one first: opmodel new team" in told


def test_a_team_of_the_side_can_be_added(site: Path) -> None:
    opmodel(site, "new", "team", "Compliance", "--side", "assurance")
    assert check(site, TODAY).model.teams["compliance"].value.side is Side.ASSURANCE


def test_it_neither_signs_nor_owns(site: Path) -> None:
    told = opmodel(site, "sign", "triage", "--side", "assurance", "--by", "Head of Audit", code=2).output
    assert 'expected one of business, it; found "assurance"' in told
    for team in ("finance", "platform", "audit"):
        contact = f"contact: {team}@example.com"
        edit(site, "data/teams.yml", contact, f'{contact}\n    handle: "@example/{team}"')
    owners = opmodel(site, "codeowners", "--format", "gitlab").output
    assert "@example/platform" in owners
    assert "Assurance" not in owners
    assert "@example/audit" not in owners


def test_its_power_to_stop_counts_for_neither_side(site: Path) -> None:
    edit(site, "data/workflows/triage.yml", "who: [operations, platform-owner]", "who: [operations, audit]")
    (gate,) = [gate for gate in check(site, TODAY).assessments["triage"].gates if gate.id == "agent-stoppable"]
    assert [reason for _, reason in gate.reasons] == ["nobody on the IT side may stop the agent"]
