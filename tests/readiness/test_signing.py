"""Sign-offs: who may sign, what is written, when a signature no longer holds, and what became of the records."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from opmodel.commands.main import command_group
from opmodel.compare.sites import compare_sites
from opmodel.model.vocabulary import Section, Side
from opmodel.readiness.assessment import Assessment
from opmodel.readiness.history import HISTORY_MISSING
from opmodel.readiness.material import MATERIAL
from opmodel.rules.check import check
from sites import INTAKE, SIGNOFFS, TODAY, TRIAGE, commit, edit, git, good, lines

OWNERS = {"business": "Head of Finance", "it": "Head of Platform"}
NOTES = "data/signoffs/triage.yml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return good(tmp_path / "site")


def sign(
    site: Path, packet: str = "triage", side: str = "business", by: str | None = None, day: str = "2026-11-22"
) -> Result:
    words = ["sign", packet, "--side", side, "--by", by or OWNERS[side], "--site", str(site), "--as-of", day]
    return CliRunner().invoke(command_group(), words, prog_name="opmodel")


def assessed(site: Path, day: date = TODAY) -> Assessment:
    return check(site, day).assessments["intake"]


class TestSigning:
    def test_both_sides_sign_and_the_packet_is_ready(self, site: Path) -> None:
        for side in ("business", "it"):
            assert sign(site, side=side).exit_code == 0
        edit(site, TRIAGE, "status: draft", "status: approved")
        assert lines(site) == []
        assert check(site, TODAY).assessments["triage"].ready

    def test_a_record_says_side_role_name_day_and_every_section(self, site: Path) -> None:
        result = sign(site)
        assert result.stdout.splitlines() == [
            "Head of Finance signed triage for Business on 2026-11-22",
            f"Commit {NOTES} so that version control shows who signed.",
        ]
        (record,) = check(site, TODAY).model.signoffs["triage"].value.records
        assert (record.side, record.role, record.name) == (Side.BUSINESS, "workflow-owner", "Head of Finance")
        assert record.date == TODAY
        assert list(record.digests) == list(MATERIAL)

    def test_signing_twice_on_one_day_adds_one_record(self, site: Path) -> None:
        assert sign(site, "intake").exit_code == 0
        once = (site / SIGNOFFS).read_bytes()
        again = sign(site, "intake")
        assert again.exit_code == 1
        assert "on this day already, and nothing changed since; nothing was signed" in again.output
        assert (site / SIGNOFFS).read_bytes() == once

    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_what_was_there_stays_byte_for_byte(self, ends: str, site: Path) -> None:
        old = ((site / SIGNOFFS).read_text() + "# The last word.").replace("\n", ends).encode()
        (site / SIGNOFFS).write_bytes(old)
        (site / SIGNOFFS).chmod(0o640)
        assert sign(site, "intake").exit_code == 0
        new = (site / SIGNOFFS).read_bytes()
        assert new.startswith(old)
        assert new.count(b"\r\n") == (new.count(b"\n") if ends == "\r\n" else 0)
        assert (site / SIGNOFFS).stat().st_mode & 0o777 == 0o640
        assert lines(site) == []

    def test_the_first_record_follows_an_empty_list(self, site: Path) -> None:
        (site / NOTES).write_text("# Nobody yet.\nrecords: []\n\n")
        assert sign(site).exit_code == 0
        assert (site / NOTES).read_text().startswith("# Nobody yet.\nrecords:\n  - side: business\n")

    @pytest.mark.parametrize("title", ['Head of "Fin\\\\ance"', "Leiterin Büro: #1", "no", "{{ x }}"])
    def test_any_title_can_be_written(self, title: str, site: Path) -> None:
        written = title.replace("'", "''")
        edit(
            site,
            TRIAGE,
            "    team: finance\n    holder: Head of Finance",
            f"    team: finance\n    holder: '{written}'",
        )
        assert sign(site, by=title).exit_code == 0
        assert check(site, TODAY).model.signoffs["triage"].value.records[0].name == title

    def test_a_correction_on_the_day_of_signing_is_dated_that_day_and_signed_again(self, site: Path) -> None:
        for side in ("business", "it"):
            assert sign(site, side=side).exit_code == 0
        edit(site, TRIAGE, "scope: One mailbox", "scope: Two")
        edit(site, TRIAGE, "revised: 2026-10-01", "revised: 2026-11-22")
        edit(site, TRIAGE, "date: 2026-10-02", "date: 2026-11-22")
        assert lines(site) == []
        found = check(site, TODAY).assessments["triage"]
        assert found.business.changed == found.it.changed == (Section.ACCESS,)
        for side in ("business", "it"):
            assert sign(site, side=side).exit_code == 0
        edit(site, TRIAGE, "status: draft", "status: live")
        assert lines(site) == lines(site, date(2026, 11, 23)) == []

    def test_letters_and_spaces_around_a_title_do_not_matter(self, site: Path) -> None:
        assert sign(site, by=" head of finance ").exit_code == 0
        assert check(site, TODAY).model.signoffs["triage"].value.records[0].name == "Head of Finance"


class TestRefusing:
    def refused(self, site: Path, **words: Any) -> str:
        before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        result = sign(site, **words)
        assert result.exit_code in (1, 2)
        assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
        return "".join(line for line in result.output.splitlines(keepends=True) if HISTORY_MISSING not in line)

    def test_somebody_who_is_not_the_owner_of_that_side(self, site: Path) -> None:
        assert self.refused(site, by="Head of Platform") == (
            'Error: the owner of triage on the Business side is "Head of Finance", not "Head of Platform"\n'
        )

    def test_an_open_gate(self, site: Path) -> None:
        edit(site, TRIAGE, "    retention: P1Y\n", "")
        assert self.refused(site) == (
            f"Error: nothing was signed; settle these first:\n{TRIAGE}:167: audit-retention-set: no retention is set\n"
        )

    def test_a_packet_with_a_mistake_that_no_gate_asks_for(self, site: Path) -> None:
        edit(site, TRIAGE, "owner: platform\n", "owner: plattform\n")
        assert 'unknown team "plattform"' in self.refused(site)

    def test_a_packet_whose_change_is_not_dated(self, site: Path) -> None:
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        assert "(revised-forgotten)" in self.refused(site, packet="intake")

    def test_a_file_of_records_with_a_mistake(self, site: Path) -> None:
        edit(site, SIGNOFFS, "  - side: it\n", "  - side: It\n")
        assert f"{SIGNOFFS}:25:11: expected one of business, it" in self.refused(site, packet="intake")

    def test_a_file_of_records_that_was_altered_since_it_was_committed(self, site: Path) -> None:
        commit(site)
        (site / SIGNOFFS).write_text("records: []\n")
        assert "record 1 was removed" in self.refused(site, packet="intake")

    @pytest.mark.parametrize("text", ["{records: []}\n", "records: []\n...\n", "records: [] # none\n"])
    def test_a_file_of_records_that_has_no_place_at_its_end(self, text: str, site: Path) -> None:
        (site / NOTES).write_text(text)
        assert "Error: nothing was signed; data/signoffs/triage.yml: records must stand" in self.refused(site)

    def test_a_day_before_the_last_record(self, site: Path) -> None:
        assert "expected a day up to 2026-10-05, found 2026-10-06" in self.refused(
            site, packet="intake", day="2026-10-05"
        )

    def test_a_packet_that_is_not_there(self, site: Path) -> None:
        assert 'unknown packet "triag"; did you mean "triage"?' in self.refused(site, packet="triag")

    def test_a_packet_that_cannot_be_read(self, site: Path) -> None:
        edit(site, TRIAGE, "status: draft", "status: drat")
        assert self.refused(site) == "Error: triage has errors; see: opmodel check\n"

    def test_a_failure_while_writing_leaves_the_old_file(self, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        assert "No space left on device" in self.refused(site, packet="intake")
        assert not list((site / "data/signoffs").glob(".*"))


class TestHolding:
    def test_a_signature_holds_from_its_day_on(self, site: Path) -> None:
        assert not assessed(site, date(2026, 10, 5)).business.current
        assert assessed(site, date(2026, 10, 6)).business.current

    def test_a_material_change_is_named(self, site: Path) -> None:
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        edit(site, INTAKE, "states: [new, settled]", "states: [new, waiting, settled]")
        state = assessed(site).it
        assert state.changed == (Section.ACCESS, Section.EXCEPTIONS)
        assert state.reason == "IT signed on 2026-10-06; changed since: access, exceptions"

    def test_taking_a_change_back_makes_the_signature_hold_again(self, site: Path) -> None:
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        edit(site, INTAKE, "scope: Two", "scope: One mailbox # as signed")
        assert assessed(site).ready

    def test_the_newest_record_of_a_side_counts(self, site: Path) -> None:
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        edit(site, INTAKE, "revised: 2026-10-01", "revised: 2026-11-20")
        edit(site, INTAKE, "date: 2026-10-02", "date: 2026-11-21")
        assert sign(site, "intake").exit_code == 0
        assert (assessed(site).business.current, assessed(site).it.current) == (True, False)

    def test_a_section_that_was_not_signed_is_a_changed_one(self, site: Path) -> None:
        text = (site / SIGNOFFS).read_text()
        first = next(line for line in text.splitlines(keepends=True) if line.startswith("      audit:"))
        (site / SIGNOFFS).write_text(text.replace(first, "", 1))
        assert assessed(site).business.changed == (Section.AUDIT,)


CHANNEL = ('channel: "#requests"', 'channel: "#answers"')
SETTING = ("review_grace: P14D", "review_grace: P14D\nnot_material: [support.channel, outcomes.source]")


class TestNotMaterial:
    def changed(self, site: Path, packet: str = "triage") -> tuple[Section, ...]:
        return check(site, TODAY).assessments[packet].business.changed

    def test_a_field_that_the_site_calls_not_material_voids_no_signature(self, site: Path) -> None:
        edit(site, "data/site.yml", *SETTING)
        for side in ("business", "it"):
            assert sign(site, side=side).exit_code == 0
        edit(site, TRIAGE, "status: draft", "status: live")
        edit(site, TRIAGE, *CHANNEL)
        edit(site, TRIAGE, "source: Ticket report", "source: Ticket statistics")
        assert lines(site) == []
        edit(site, TRIAGE, "https://runbooks.example/requests", "https://runbooks.example/new")
        assert self.changed(site) == (Section.SUPPORT,)

    def test_a_signature_keeps_what_it_was_made_under(self, site: Path) -> None:
        edit(site, "data/site.yml", *SETTING)
        sign(site)
        edit(site, "data/site.yml", *reversed(SETTING))
        assert self.changed(site) == ()
        edit(site, TRIAGE, *CHANNEL)
        assert self.changed(site) == ()

    def test_an_older_signature_needs_the_history_to_tell(self, site: Path) -> None:
        edit(site, "data/site.yml", *SETTING)
        edit(site, INTAKE, *CHANNEL)
        assert self.changed(site, "intake") == (Section.SUPPORT,)
        edit(site, INTAKE, *reversed(CHANNEL))
        commit(site)
        edit(site, INTAKE, *CHANNEL)
        assert lines(site) == []
        edit(site, INTAKE, "how: Press stop.", "how: Pull the plug.")
        assert self.changed(site, "intake") == (Section.SUPPORT,)

    def test_a_record_cannot_leave_out_what_is_always_material(self, site: Path) -> None:
        text = (site / SIGNOFFS).read_text()
        (site / SIGNOFFS).write_text(text.replace("    digests:", "    left_out: [access.scope]\n    digests:"))
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        assert self.changed(site, "intake") == (Section.ACCESS,)

    def test_a_difference_of_revisions_says_the_same(self, site: Path) -> None:
        edit(site, "data/site.yml", *SETTING)
        before = check(site, TODAY).model
        edit(site, INTAKE, *CHANNEL)
        (found,) = compare_sites(before, check(site, TODAY).model, TODAY).packets
        assert found.signatures == ()


class TestHistory:
    def changes(self, site: Path) -> list[tuple[str, str, str]]:
        return [(f.field, f.before, f.after) for each in assessed(site).changes[Side.IT] for f in each.fields]

    def test_a_change_is_told_field_by_field_from_the_version_that_was_signed(self, site: Path) -> None:
        commit(site)
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        commit(site)
        edit(site, INTAKE, "operations: [read, send]", "operations: [read]")
        assert self.changes(site) == [
            ("mailbox / operations", "send", ""),
            ("mailbox / scope", "One mailbox", "Two"),
        ]

    def test_without_the_signed_version_nothing_is_claimed(self, site: Path) -> None:
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        assert self.changes(site) == []
        commit(site)
        assert self.changes(site) == []

    def test_a_damaged_version_in_between_is_passed_over(self, site: Path) -> None:
        commit(site)
        text = (site / INTAKE).read_text()
        (site / INTAKE).write_text("title: [")
        commit(site)
        (site / INTAKE).write_text(text.replace("scope: One mailbox", "scope: Two"))
        assert self.changes(site) == [("mailbox / scope", "One mailbox", "Two")]

    def test_the_site_may_be_a_folder_of_a_larger_repository(self, tmp_path: Path) -> None:
        site = good(tmp_path / "project" / "site")
        commit(tmp_path / "project")
        edit(site, INTAKE, "scope: One mailbox", "scope: Two")
        assert self.changes(site) == [("mailbox / scope", "One mailbox", "Two")]


def removed(text: str) -> str:
    return text[: text.index("  - side: it\n")]


def reordered(text: str) -> str:
    at, to = text.index("  - side: business\n"), text.index("  - side: it\n")
    return f"{text[:at]}{text[to:].rstrip()}\n{text[at:to]}"


def edited(text: str) -> str:
    return text.replace('"Head of Platform"', '"head of platform"')


def emptied(text: str) -> str:
    return "records: []\n"


ALTERATIONS = {
    removed: f"{SIGNOFFS}:1:1: record 2 was removed; it stands in commit",
    reordered: f"{SIGNOFFS}:3:1: record 1 was altered since commit",
    edited: f"{SIGNOFFS}:25:1: record 2 was altered since commit",
    emptied: f"{SIGNOFFS}:1:1: record 1 was removed; it stands in commit",
}


class TestAppendOnly:
    def found(self, site: Path) -> list[str]:
        return [line for line in lines(site) if line.endswith("(signoff-altered)")]

    @pytest.mark.parametrize("change", ALTERATIONS)
    @pytest.mark.parametrize("committed", [False, True], ids=["in the work tree", "committed"])
    def test_a_changed_record_is_found(self, change: Any, committed: bool, site: Path) -> None:
        commit(site)
        (site / SIGNOFFS).write_text(change((site / SIGNOFFS).read_text()))
        if committed:
            commit(site, day="2026-11-02")
        (line,) = self.found(site)
        assert line.startswith(ALTERATIONS[change])
        assert "of 2026-11-01 (signoff-altered)" in line

    def test_a_file_that_is_gone_is_found(self, site: Path) -> None:
        commit(site)
        (site / SIGNOFFS).unlink()
        commit(site)
        assert self.found(site)[0].startswith(f"{SIGNOFFS}:1:1: record 1 was removed")

    def test_a_record_on_the_main_branch_is_held_against_a_side_branch(self, site: Path) -> None:
        commit(site)
        git(site, "checkout", "--quiet", "-b", "side")
        (site / SIGNOFFS).write_text(removed((site / SIGNOFFS).read_text()))
        commit(site)
        assert len(self.found(site)) == 1

    def test_a_branch_that_is_behind_the_main_branch_has_lost_nothing(self, site: Path) -> None:
        commit(site)
        git(site, "branch", "behind")
        assert sign(site, "intake").exit_code == 0
        commit(site)
        git(site, "checkout", "--quiet", "behind")
        assert self.found(site) == []

    def test_an_appended_record_and_new_layout_are_no_alteration(self, site: Path) -> None:
        commit(site)
        assert sign(site, "intake").exit_code == 0
        text = (site / SIGNOFFS).read_text().replace('"Head of Finance"', "Head of Finance # the same")
        (site / SIGNOFFS).write_text(f"# More words.\n{text}")
        commit(site)
        assert self.found(site) == []

    def test_a_record_that_was_never_committed_may_still_be_mended(self, site: Path) -> None:
        commit(site)
        sign(site)
        (site / NOTES).unlink()
        assert self.found(site) == []

    def test_a_history_that_is_cut_off_claims_nothing(self, site: Path, tmp_path: Path) -> None:
        commit(site)
        (site / SIGNOFFS).write_text(removed((site / SIGNOFFS).read_text()))
        commit(site)
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{site}", "shallow")
        assert self.found(tmp_path / "shallow") == []
        assert len(self.found(site)) == 1

    def test_the_records_of_a_renamed_packet_go_with_it(self, site: Path) -> None:
        commit(site)
        (site / INTAKE).rename(site / "data/workflows/inbox.yml")
        (site / SIGNOFFS).rename(site / "data/signoffs/inbox.yml")
        edit(site, "data/workflows/inbox.yml", "status: live", "status: live\nformerly: [intake]")
        assert self.found(site) == []
        (site / "data/signoffs/inbox.yml").write_text(removed((site / "data/signoffs/inbox.yml").read_text()))
        assert self.found(site)[0].startswith("data/signoffs/inbox.yml:1:1: record 2 was removed")


def test_sign_offs_of_a_renamed_packet_are_renamed_with_it(tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / INTAKE).rename(site / "data/workflows/intake-mail.yml")
    move = "git mv data/signoffs/intake.yml data/signoffs/intake-mail.yml"
    (stray,) = (line for line in lines(site) if line.endswith("(signoff-stray)"))
    assert f'there is no packet "intake"; if it is "intake-mail" now, rename this file: {move}' in stray
