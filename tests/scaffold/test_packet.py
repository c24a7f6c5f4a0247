"""``opmodel new``: a packet that is complete in form, proven, and says where words are owed."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from commands.terminal import opmodel, tree
from opmodel.rules.check import Checked, check
from opmodel.scaffold.packet import sample_packet
from opmodel.text.slugs import slug
from sites import TODAY, but_history, check_shipped, edit, good, lines, shipped

DAY = TODAY.isoformat()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shipped(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return good(tmp_path)


def start(site: Path, *arguments: str) -> Checked:
    opmodel(site, "new", *arguments, "--as-of", DAY)
    return check(site, TODAY)


def test_a_new_packet_has_no_problem(site: Path) -> None:
    assert but_history(start(site, "Meeting notes", "--team", "legal").problems) == []


def test_a_new_packet_fits_a_site_with_other_roles_and_teams(tmp_path: Path) -> None:
    assert but_history(start(good(tmp_path), "Meeting notes", "--team", "legal").problems) == []


@pytest.mark.slow
def test_every_role_of_the_matrix_has_a_holder(site: Path) -> None:
    checked = start(site, "Meeting notes", "--team", "legal")
    owners = checked.model.packets["meeting-notes"].value.owners
    assert {owners.value.role, owners.safety.role, *owners.others} == set(checked.model.roles)
    assert owners.value.team == "legal"
    assert owners.others["audit"].team == "internal-audit"


def test_its_table_is_proven_and_its_words_are_owed(small: Path) -> None:
    assessment = start(small, "Meeting notes", "--team", "legal").assessments["meeting-notes"]
    passed = {result.id for result in assessment.gates if result.passed}
    assert {"thresholds-proven", "duties-separated", "exceptions-owned", "agent-stoppable"} <= passed
    assert "definition-complete" not in passed
    (owed,) = [result for result in assessment.gates if result.id == "definition-complete"]
    assert len(owed.reasons) > 30


def test_every_section_has_a_comment_above_it(small: Path) -> None:
    opmodel(small, "new", "Meeting notes", "--team", "legal", "--as-of", DAY)
    text = (small / "data/workflows/meeting-notes.yml").read_text(encoding="utf-8").splitlines()
    data = yaml.safe_load("\n".join(text))
    for part in ("business", "it", "shared"):
        for section in data[part]:
            at = text.index(f"  {section}:")
            assert text[at - 1].strip().startswith("#"), section


def test_it_says_what_to_do_next(small: Path) -> None:
    shown = opmodel(small, "new", "Meeting notes", "--team", "legal", "--as-of", DAY).output
    assert "data/workflows/meeting-notes.yml: a draft without errors, 5 of 12 launch gates pass" in shown
    assert "Next: replace every TBD" in shown


@pytest.mark.parametrize(("cadence", "due"), [("P90D", date(2026, 12, 22)), ("P14D", date(2026, 12, 6))])
def test_the_first_review_is_due_after_a_month_at_most(cadence: str, due: date, small: Path) -> None:
    site = small / "data/site.yml"
    site.write_text(re.sub(r"(?m)^review_cadence:.*\n", "", site.read_text()) + f"review_cadence: {cadence}\n")
    packet = start(small, "Meeting notes", "--team", "legal").model.packets["meeting-notes"].value
    assert packet.revised == TODAY
    assert packet.shared.review.next == due


def test_the_id_of_a_removed_packet_is_not_taken_in_silence(small: Path) -> None:
    opmodel(small, "remove", "intake", "--as-of", DAY)
    before = tree(small)
    said = opmodel(small, "new", "Intake", "--team", "legal", "--as-of", DAY, code=1).output
    assert "take the lines with its address out of data/redirects.yml if it comes back" in said
    assert tree(small) == before


@pytest.mark.parametrize(
    "title",
    [
        "Colon: and # hash",
        'Quotes " and \\ backslash',
        "{{ braces }} {% raw %} &amp; <b>",
        "Ünïcödé – 法務 🏛",
        "null",
        "007",
        "x" * 400,
    ],
)
def test_any_title_is_kept_to_the_letter(title: str, tmp_path: Path) -> None:
    checked = start(good(tmp_path), title, "--team", "legal", "--id", "made")
    assert checked.model.packets["made"].value.title == title
    assert but_history(checked.problems) == []


@pytest.mark.parametrize("title", ["two\nlines", "", "   ", "x" * 401, "bell\a", "line\u2028separator"])
def test_a_title_that_cannot_be_one_is_refused_and_nothing_is_written(title: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    before = tree(site)
    assert "Error: " in opmodel(site, "new", "packet", title, "--team", "legal", "--id", "made", code=1).output
    assert tree(site) == before


def test_nothing_is_ever_overwritten(site: Path) -> None:
    before = tree(site)
    shown = opmodel(site, "new", "Invoice triage", "--team", "legal", code=1).output
    assert (
        shown == 'Error: "invoice-triage" exists, and nothing was written; the nearest free id: --id invoice-triage-2\n'
    )
    assert tree(site) == before


def test_a_former_id_is_not_given_away_again(site: Path) -> None:
    edit(site, "data/workflows/contract-intake.yml", "status: draft", "status: draft\nformerly: [contracts]")
    assert '"contracts" exists' in opmodel(site, "new", "Contracts", "--team", "legal", code=1).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("X", "--team", "legl"), 'unknown team "legl"; did you mean "legal"?'),
        (("X", "--team", "security-office"), '"security-office" is not a team on the Business side; expected one of'),
        (("X", "--team", "legal", "--it-team", "servicedesk"), 'did you mean "service-desk"?'),
        (("X",), "--team with one of finance-ops, procurement"),
        (("法務", "--team", "legal"), 'no id can be made of "法務"'),
        (("X", "--team", "legal", "--id", "No good"), "--id no-good would do"),
        (("X", "--team", "legal", "--id", "index"), "the nearest free id: --id index-2"),
        (
            ("--from", "order-statu"),
            'unknown candidate "order-statu" in data/candidates.yml; did you mean "order-status"?',
        ),
        (("--from", "change-bank-details"), "IT rules the candidate"),
        (("--from", "grant-access"), 'became the packet "access-requests" already'),
    ],
)
def test_what_cannot_be_made_says_why_and_what_is_near(arguments: tuple[str, ...], said: str, site: Path) -> None:
    before = tree(site)
    assert said in opmodel(site, "new", *arguments, code=1).output
    assert tree(site) == before


def test_a_mistyped_kind_is_no_title(site: Path) -> None:
    shown = opmodel(site, "new", "tema", "Purchasing", code=2).output
    assert 'there is no kind "tema"; did you mean "team"?' in shown


@pytest.mark.slow
def test_a_packet_starts_from_a_candidate_with_its_numbers(site: Path) -> None:
    before = (site / "data/candidates.yml").read_text(encoding="utf-8")
    checked = start(site, "--from", "order-status")
    assert but_history(checked.problems) == []
    packet = checked.model.packets["answer-where-is-my-order"].value
    assert packet.title == 'Answer "where is my order"'
    assert packet.owners.value.team == "customer-care"
    assert (packet.business.pain.volume.cases, packet.business.pain.volume.per) == (700, "P1W")
    assert packet.business.pain.cost_of_error == "12 cases in a thousand go wrong, and one costs EUR 15 on average."
    assert packet.business.scope.included[0].startswith("TBD, narrow to: Parcels inside the country")
    text = (site / "data/workflows/answer-where-is-my-order.yml").read_text(encoding="utf-8")
    assert "# A condition that IT set: Enterprise Applications takes over the carrier interface" in text
    after = (site / "data/candidates.yml").read_text(encoding="utf-8")
    assert after.replace("    packet: answer-where-is-my-order\n", "") == before


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Invoice triage", "invoice-triage"),
        ("Rechnungen prüfen?", "rechnungen-prufen"),
        ("Større kjøp", "storre-kjop"),
        ("Łódź, Žižkov & İstanbul \u0131ğd\u0131r", "lodz-zizkov-istanbul-igdir"),
        ("Œuvre d'Ægir: Straße, STRAẞE", "oeuvre-d-aegir-strasse-strasse"),
        ("Đorđe Þór Ðað Ħal Ŋaŧ", "dorde-thor-dad-hal-ngat"),
        ("  A  --  b ", "a-b"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("y" * 90, "y" * 60),
        ("法務", ""),
    ],
)
def test_an_id_is_made_of_the_words(words: str, name: str) -> None:
    assert slug(words) == name


def test_lines_of_the_check_stay_the_same(small: Path) -> None:
    before = lines(small)
    start(small, "Meeting notes", "--team", "legal")
    assert lines(small) == before


def test_who_holds_a_role_is_known_without_reading_each_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    model = check_shipped().model
    monkeypatch.setattr(type(model.packets), "__getitem__", None)
    others = sample_packet(model, TODAY)["owners"]["others"]
    assert {holder["team"] for holder in others.values()} <= model.teams.keys()
