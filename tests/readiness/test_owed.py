"""What was added after a packet was signed voids no signature: it is owed at the next review, and lists show it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opmodel.commands.main import command_group
from opmodel.model.problem import Problem, Severity
from opmodel.model.vocabulary import Section
from opmodel.readiness import assessment, gates
from opmodel.readiness.material import MATERIAL
from opmodel.rules import packet_checker
from opmodel.rules.catalog import rules_of
from opmodel.rules.check import Checked, check
from opmodel.rules.rule import Context, RuleScope, newer, packet_rule
from opmodel.views.portfolio import portfolio
from sites import INTAKE, SIGNOFFS, TODAY, TRIAGE, edit, good, lines

ROLE = "  - id: model-risk\n    name: Model risk\n    side: it\n    meaning: Judges models.\n"
ROW = (
    "  - id: watch-drift\n    name: Watch for drift\n    meaning: Somebody compares.\n    layer: it\n    phase: run\n"
    "    raci: { platform-owner: A, security: R }\n    evidence: outcomes\n    since: 2026-11-01\n"
)
HOLDER = (
    "      holder: Access Lead\n",
    "      holder: Access Lead\n    model-risk: { team: platform, holder: Model Lead }\n",
)
REVIEWED = ("last: 2026-10-05", "last: 2026-11-10")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The good site with its live packet alone."""
    made = good(tmp_path / "site")
    (made / TRIAGE).unlink()
    return made


def add(site: Path, path: str, text: str) -> None:
    with (site / path).open("a", encoding="utf-8") as file:
        file.write(text)


def owed(checked: Checked, name: str = "intake") -> list[tuple[str, str]]:
    return [(item.kind, item.id) for item in checked.model.summaries[name].owed]


def sign(site: Path, side: str, by: str) -> Result:
    words = ["sign", "intake", "--side", side, "--by", by, "--site", str(site), "--as-of", "2026-11-22"]
    return CliRunner().invoke(command_group(), words)


class TestRole:
    @pytest.mark.slow
    def test_a_hundred_live_packets_need_no_new_signature_for_one_new_role(self, site: Path) -> None:
        for number in range(99):
            for path in (INTAKE, SIGNOFFS):
                copy = path.replace("intake", f"intake-{number}")
                (site / copy).write_bytes((site / path).read_bytes())
        add(site, "data/roles.yml", ROLE)
        checked = check(site, TODAY)
        assert not checked.errors
        assert all(summary.ready and not summary.stale for summary in checked.model.summaries.values())
        (line,) = lines(site)
        assert line == (
            'data/roles.yml:18:5: warning: 100 signed packets owe a holder of the role "Model risk" at the next '
            "review, the first on 2027-01-05: intake, intake-0, intake-1 and 97 more (owed-at-review)"
        )
        (group,) = portfolio(checked).groups
        words = 'Owes at the review of 5 January 2027: a holder of the role "Model risk"'
        assert [row.owed for row in group.rows] == [words] * 100

    def test_a_packet_that_is_not_signed_names_a_holder_at_once(self, site: Path) -> None:
        add(site, "data/roles.yml", ROLE)
        (site / SIGNOFFS).unlink()
        edit(site, INTAKE, "status: live", "status: draft")
        assert lines(site) == [
            f'{INTAKE}:15:3: nobody holds "model-risk" in this packet; add for each, such as '
            "model-risk: {team: <team>, holder: <title of the function>} (role-held)"
        ]

    def test_a_review_since_then_settles_it(self, site: Path) -> None:
        add(site, "data/roles.yml", f"{ROLE}    since: 2026-11-01\n")
        assert owed(check(site, TODAY)) == [("role", "model-risk")]
        edit(site, INTAKE, *REVIEWED)
        (line,) = lines(site)
        assert line.endswith("such as model-risk: {team: <team>, holder: <title of the function>} (role-held)")

    def test_who_signs_again_names_the_holder_first(self, site: Path) -> None:
        add(site, "data/roles.yml", ROLE)
        before = (site / SIGNOFFS).read_bytes()
        refused = sign(site, "business", "Head of Finance")
        assert f'{INTAKE}: owed-at-review: a holder of the role "Model risk"' in refused.output
        assert (site / SIGNOFFS).read_bytes() == before
        edit(site, INTAKE, *HOLDER)
        edit(site, INTAKE, "revised: 2026-10-01", "revised: 2026-11-22")
        for side, by in (("business", "Head of Finance"), ("it", "Head of Platform")):
            assert sign(site, side, by).exit_code == 0
        assert lines(site) == []
        assert owed(check(site, TODAY)) == []

    def test_a_retired_packet_owes_nothing(self, site: Path) -> None:
        add(site, "data/roles.yml", ROLE)
        edit(site, INTAKE, "status: live", "status: retired")
        assert owed(check(site, TODAY)) == []
        (site / SIGNOFFS).unlink()
        assert lines(site) == []


class TestRow:
    def test_a_row_is_owed_from_its_day_on_until_a_review(self, site: Path) -> None:
        add(site, "data/responsibilities.yml", ROW)
        checked = check(site, TODAY)
        assert owed(checked) == [("row", "watch-drift")]
        assert [str(each).split(": ")[1] for each in checked.problems if each.rule == "owed-at-review"] == ["warning"]
        edit(site, INTAKE, *REVIEWED)
        assert owed(check(site, TODAY)) == []

    def test_one_side_that_signs_again_does_not_settle_it_for_both(self, site: Path) -> None:
        add(site, "data/responsibilities.yml", ROW)
        assert sign(site, "business", "Head of Finance").exit_code == 0
        assert owed(check(site, TODAY)) == [("row", "watch-drift")]
        assert sign(site, "it", "Head of Platform").exit_code == 0
        assert owed(check(site, TODAY)) == []

    def test_a_row_without_a_day_was_always_there(self, site: Path) -> None:
        add(site, "data/responsibilities.yml", ROW.replace("    since: 2026-11-01\n", ""))
        assert lines(site) == []


class TestSection:
    def unsigned(self, site: Path, section: Section) -> None:
        """Take a section out of every record, as if it had not been there yet."""
        text = (site / SIGNOFFS).read_text(encoding="utf-8")
        kept = [line for line in text.splitlines(keepends=True) if not line.startswith(f"      {section.value}:")]
        (site / SIGNOFFS).write_text("".join(kept), encoding="utf-8")

    def test_a_section_that_came_later_is_owed(self, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(MATERIAL, Section.REVIEW, replace(MATERIAL[Section.REVIEW], later=True))
        self.unsigned(site, Section.REVIEW)
        checked = check(site, TODAY)
        assert not checked.errors
        assert owed(checked) == [("section", "review")]
        assert checked.assessments["intake"].ready

    def test_one_that_was_always_there_cannot_be_left_out(self, site: Path) -> None:
        self.unsigned(site, Section.AUDIT)
        assert check(site, TODAY).assessments["intake"].it.changed == (Section.AUDIT,)


def no_mail(context: Context) -> Iterator[Problem]:
    """No packet reads mail."""
    for entry in context.packets.values():
        yield Problem(entry.place("title"), "no-mail", "found mail")


def reads_no_mail(context: gates.GateContext) -> Iterator[gates.Reason]:
    """No packet reads mail."""
    yield ("title",), "found mail"


class TestRule:
    @pytest.fixture
    def later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rule and a gate of a later version of opmodel."""
        known, made = rules_of, newer(packet_rule(no_mail), "0.2.0")
        monkeypatch.setattr(
            packet_checker, "rules_of", lambda scope: (*known(scope), *([made] if scope is RuleScope.PACKET else []))
        )
        gate = gates.Gate(id="no-mail", title="No mail", section=Section.SCOPE, reasons=reads_no_mail, since="0.2.0")
        known_gates = gates.GATES
        for module in (gates, assessment):
            monkeypatch.setattr(module, "GATES", (*known_gates, gate))

    @pytest.mark.usefixtures("later")
    def test_a_rule_and_a_gate_that_came_later_are_owed(self, site: Path) -> None:
        checked = check(site, TODAY)
        assert not checked.errors
        assert owed(checked) == [("gate", "no-mail"), ("rule", "no-mail")]
        assert [each.severity for each in checked.problems if each.rule == "no-mail"] == [Severity.WARNING]

    @pytest.mark.usefixtures("later")
    def test_a_signature_of_a_later_version_was_made_under_them(self, site: Path) -> None:
        text = (site / SIGNOFFS).read_text(encoding="utf-8")
        (site / SIGNOFFS).write_text(text.replace("    digests:", '    engine: "0.10.0"\n    digests:'))
        checked = check(site, TODAY)
        assert owed(checked) == []
        assert {each.rule for each in checked.errors} == {"gate-open", "no-mail"}

    @pytest.mark.usefixtures("later")
    def test_without_signatures_they_hold_at_once(self, site: Path) -> None:
        (site / SIGNOFFS).unlink()
        edit(site, INTAKE, "status: live", "status: in-review")
        assert {each.rule for each in check(site, date(2026, 11, 22)).errors} == {"no-mail"}
