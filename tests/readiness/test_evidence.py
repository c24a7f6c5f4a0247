"""Evidence goes stale by what its test covers: by digest, by sign-off, by commit, and only then by day."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from opmodel.cache import Cache
from opmodel.commands.main import command_group
from opmodel.model.vocabulary import FailureKind, Section
from opmodel.readiness.evidence import COVERED, covered_digest, covered_sections
from opmodel.readiness.material import MATERIAL
from opmodel.rules.check import check
from readiness.packets import TEXT, packet
from sites import INTAKE, TODAY, TRIAGE, commit, edit, good, lines

NAMES = {INTAKE: "intake", TRIAGE: "triage"}
REVISED = ("revised: 2026-10-01", "revised: 2026-11-20")
CHANNEL = ('channel: "#requests"', 'channel: "#answers"')
DRAG = ("drag: People copy requests by hand.", "drag: People type requests by hand.")
SCOPE = ("scope: One mailbox", "scope: Two")
TEST = ("test: Send a mail twice.", "test: Send a mail ten times.")
DATE = "      date: 2026-10-02\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return good(tmp_path / "site")


def stale(site: Path, *edits: tuple[str, str], path: str = TRIAGE) -> str:
    """Return why the evidence of a packet is stale after some edits."""
    for find, replace in edits:
        edit(site, path, find, replace)
    (reason,) = check(site, TODAY).assessments[NAMES[path]].stale_evidence
    return reason.removeprefix('failure case "FC-01" was tested on 2026-10-02')


class TestBySignature:
    def test_a_change_of_what_no_test_covers_leaves_evidence_valid(self, site: Path) -> None:
        assert stale(site, DRAG, REVISED, path=INTAKE) == ""

    def test_a_change_of_what_the_test_covers_makes_it_stale(self, site: Path) -> None:
        assert stale(site, SCOPE, REVISED, path=INTAKE) == ", before the packet changed on 2026-11-20"

    def test_the_next_signature_takes_no_evidence_away(self, site: Path) -> None:
        edit(site, INTAKE, *DRAG)
        edit(site, INTAKE, REVISED[0], "revised: 2026-11-22")
        for side, by in (("business", "Head of Finance"), ("it", "Head of Platform")):
            words = ["sign", "intake", "--side", side, "--by", by, "--site", str(site), "--as-of", "2026-11-22"]
            assert CliRunner().invoke(command_group(), words).exit_code == 0
        assert lines(site) == []

    def test_an_older_test_than_the_change_that_was_signed_is_stale(self, site: Path) -> None:
        assert stale(site, ("revised: 2026-10-01", "revised: 2026-10-03"), path=INTAKE) == (
            ", before the packet changed on 2026-10-03"
        )


class TestByDigest:
    def keep(self, site: Path, extra: str = "") -> None:
        """Keep the digest of what is covered beside the result, with further fields."""
        edit(site, TRIAGE, DATE, f"{DATE}{extra}")
        content = check(site, TODAY).model.packets["triage"].value
        (case,) = content.shared.failure_cases
        edit(site, TRIAGE, DATE, f"{DATE}      covered: {covered_digest(content, case)}\n")

    @pytest.mark.parametrize("change", [CHANNEL, DRAG])
    def test_the_day_does_not_matter(self, change: tuple[str, str], site: Path) -> None:
        self.keep(site)
        assert stale(site, change, REVISED) == ""
        assert lines(site) == []

    def test_what_is_covered_matters_on_any_day(self, site: Path) -> None:
        self.keep(site, "      sections: [access]\n")
        found = stale(site, SCOPE)
        assert found == ", and access or the test itself changed since: another digest than covered"
        (line,) = lines(site)
        assert line.startswith(f'{TRIAGE}:165:13: failure case "FC-01" was tested')
        assert line.endswith("(evidence-stale)")

    def test_so_does_the_test_itself(self, site: Path) -> None:
        self.keep(site, "      kind: stop\n")
        assert stale(site, SCOPE) == ""
        assert "the test itself changed" in stale(site, TEST)

    def test_the_command_prints_the_digest_and_what_is_covered(self, site: Path) -> None:
        edit(site, TRIAGE, DATE, f"{DATE}      kind: stop\n")
        words = ["evidence", "triage", "--site", str(site), "--as-of", "2026-11-22"]
        result = CliRunner().invoke(command_group(), words)
        first, covers, covered = result.stdout.splitlines()
        assert (first, covers) == ("FC-01  passed, 2026-10-02", "  covers support")
        edit(site, TRIAGE, DATE, f"{DATE}    {covered}\n")
        assert stale(site, ("how: Press stop.", "how: Pull the plug.")).startswith(", and support or the test itself")
        assert "stale: failure case" in CliRunner().invoke(command_group(), words).stdout


class TestByCommit:
    def test_a_contact_detail_of_a_live_packet_may_change(self, site: Path) -> None:
        commit(site)
        assert stale(site, CHANNEL, REVISED, path=INTAKE) == ""

    def test_the_commit_in_which_the_evidence_first_stood_says_what_was_tested(self, site: Path) -> None:
        commit(site)
        assert stale(site, DRAG, REVISED) == ""
        commit(site, day="2026-11-20")
        assert stale(site, SCOPE) == "; changed since: access"
        commit(site, day="2026-11-20")
        assert stale(site, TEST) == "; changed since: access, the test itself"

    def test_a_change_on_the_day_of_the_test_makes_it_stale(self, site: Path) -> None:
        edit(site, TRIAGE, "revised: 2026-10-01", "revised: 2026-10-02")
        commit(site, day="2026-10-02")
        assert stale(site, SCOPE) == "; changed since: access"

    def test_evidence_that_was_old_when_it_was_written_stays_old(self, site: Path) -> None:
        edit(site, TRIAGE, *REVISED)
        commit(site, day="2026-11-20")
        assert stale(site) == stale(site, DRAG) == ", before the packet changed on 2026-11-20"

    def test_a_new_test_is_judged_from_its_own_commit_on(self, site: Path) -> None:
        commit(site)
        assert stale(site, SCOPE, REVISED) != ""
        edit(site, TRIAGE, DATE, DATE.replace("2026-10-02", "2026-11-21"))
        assert stale(site) == ""
        commit(site, day="2026-11-21")
        assert stale(site) == ""

    def test_what_an_earlier_check_found_does_not_outlive_a_commit(self, site: Path, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        edit(site, TRIAGE, *SCOPE)
        commit(site)
        edit(site, TRIAGE, *reversed(SCOPE))
        text = (site / TRIAGE).read_text()
        for _ in range(2):
            found = check(site, TODAY, Cache(cache)).assessments["triage"].stale_evidence
            assert found[0].endswith("; changed since: access")
        (site / TRIAGE).write_text(text.replace("2026-10-02", "2026-10-03"))
        assert check(site, TODAY, Cache(cache)).assessments["triage"].stale_evidence == ("",)
        commit(site)
        edit(site, TRIAGE, *SCOPE)
        assert check(site, TODAY, Cache(cache)).assessments["triage"].stale_evidence[0] != ""

    def test_a_version_that_cannot_be_read_is_passed_over(self, site: Path) -> None:
        text = (site / TRIAGE).read_text()
        (site / TRIAGE).write_text(text.replace("status: draft", "status: drat"))
        commit(site)
        (site / TRIAGE).write_text(text)
        commit(site)
        assert stale(site, SCOPE) == "; changed since: access"


class TestByDay:
    def test_without_a_history_the_day_decides(self, site: Path) -> None:
        assert stale(site, SCOPE) == ""
        assert stale(site, REVISED) == ", before the packet changed on 2026-11-20"

    def test_what_is_not_committed_yet_is_judged_by_its_day(self, site: Path) -> None:
        text = (site / TRIAGE).read_text()
        (site / TRIAGE).write_text(text.replace(DATE, "").replace("result: passed", "result: not-run"))
        commit(site)
        (site / TRIAGE).write_text(text)
        assert stale(site, SCOPE) == ""
        assert stale(site, REVISED) == ", before the packet changed on 2026-11-20"


class TestWhatIsCovered:
    @pytest.mark.parametrize("kind", FailureKind)
    def test_every_kind_covers_sections_that_are_signed(self, kind: FailureKind) -> None:
        assert COVERED[kind]
        assert set(COVERED[kind]) <= set(MATERIAL)

    def test_sections_come_before_the_kind_and_the_kind_before_everything(self) -> None:
        (case,) = packet().shared.failure_cases
        assert Section.APPROVAL in covered_sections(case)
        assert Section.PAIN not in covered_sections(case)
        of_kind = case.model_copy(update={"kind": FailureKind.STOP})
        assert covered_sections(of_kind) == (Section.SUPPORT,)
        assert covered_sections(of_kind.model_copy(update={"sections": (Section.AUDIT,)})) == (Section.AUDIT,)

    @pytest.mark.parametrize(
        ("find", "replace"),
        [
            ('channel: "#requests"', 'channel: "#new"'),
            ("https://runbooks.example/requests", "https://runbooks.example/new"),
            ("hours: Monday to Friday", "hours: Always"),
            ("owner: platform\n", "owner: security-office\n"),
            ("https://policies.example/identity", "https://policies.example/new"),
            ("summary: Reads a request", "summary: Takes a request"),
        ],
    )
    def test_no_test_covers_a_contact_detail(self, find: str, replace: str) -> None:
        assert TEXT.count(find) == 1
        old, new = packet(), packet(TEXT.replace(find, replace))
        assert covered_digest(old, old.shared.failure_cases[0]) == covered_digest(new, new.shared.failure_cases[0])

    def test_a_computed_section_cannot_be_covered(self, site: Path) -> None:
        edit(site, TRIAGE, DATE, f"{DATE}      sections: [access, readiness]\n")
        (line,) = lines(site)
        assert re.search(r'expected a section that people write; .*, found "readiness" \(bad-value\)', line)
