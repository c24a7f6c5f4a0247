"""``opmodel new system`` and ``opmodel new model``, and systems drafted from packets."""

from pathlib import Path

import pytest

from commands.terminal import opmodel
from opmodel.load.loader import load_model
from sites import TODAY, edit, good, shipped
from sites import lines as all_lines


def lines(site: Path) -> list[str]:
    """Return the problems of a site, but for the identity that both packets of the good site use."""
    return [line for line in all_lines(site) if not line.endswith("(shared-identity)")]


DAY = TODAY.isoformat()
SYSTEMS, TRIAGE = "data/systems.yml", "data/workflows/triage.yml"


def test_a_new_system_and_a_new_model_have_no_problem(tmp_path: Path) -> None:
    site = good(tmp_path)
    opmodel(site, "new", "system", "Mail", "--team", "platform", "--data-class", "internal")
    shown = opmodel(site, "new", "system", 'The "old" ERP', "--team", "finance", "--data-class", "restricted").output
    assert f"{SYSTEMS}:" in shown
    opmodel(site, "new", "model", "Small", "--team", "platform")
    assert {line.rpartition(" ")[2] for line in lines(site)} == {"(unknown-system)"}
    model = load_model(site).model
    assert model.systems["the-old-erp"].value.name == 'The "old" ERP'
    assert model.ai_models["small"].value.contract_owner == "platform"


@pytest.mark.parametrize(
    ("words", "why", "code"),
    [
        (["Mail"], "expected NAME, --team and --data-class, or --from-packets", 2),
        (["Mail", "--from-packets"], "--from-packets goes with --write-ids only", 2),
        (["Mail", "--write-ids"], "--write-ids goes with --from-packets", 2),
        (
            ["Mail", "--team", "platfrom", "--data-class", "public"],
            'unknown team "platfrom"; did you mean "platform"?',
            1,
        ),
        (["Mail", "--id", "index", "--team", "platform", "--data-class", "public"], '"index" exists', 1),
    ],
)
def test_a_system_that_cannot_be_added_is_refused(words: list[str], why: str, code: int, tmp_path: Path) -> None:
    site = good(tmp_path)
    assert why in opmodel(site, "new", "system", *words, code=code).output
    assert not (site / SYSTEMS).exists()


def test_systems_are_drafted_from_packets(tmp_path: Path) -> None:
    site = good(tmp_path)
    shown = opmodel(site, "new", "system", "--from-packets").output
    assert "mail: Mail\n  data/workflows/intake.yml:55:15\n" in shown
    mail = load_model(site).model.systems["mail"].value
    assert (mail.name, mail.owner, mail.data_class) == ("Mail", "platform", "internal")
    assert {line.rpartition(": ")[2] for line in lines(site)} == {
        'unknown system "Mail"; did you mean "mail"? (unknown-system)'
    }


def test_of_several_grants_in_a_packet_the_most_sensitive_data_counts(tmp_path: Path) -> None:
    site = good(tmp_path)
    grants = (site / TRIAGE).read_text(encoding="utf-8").partition("  access:\n")[2].partition("  forbidden:")[0]
    restricted = grants.replace("id: mailbox", "id: archive").replace("data_class: internal", "data_class: restricted")
    edit(site, TRIAGE, grants, restricted + grants)
    opmodel(site, "new", "system", "--from-packets")
    assert load_model(site).model.systems["mail"].value.data_class == "restricted"


def test_ids_of_systems_are_written_into_packets_and_nothing_else_changes(tmp_path: Path) -> None:
    site = good(tmp_path)
    edit(site, TRIAGE, "      system: Mail", "      system: 'Mail' # the mailbox")
    before = (site / TRIAGE).read_text(encoding="utf-8")
    opmodel(site, "new", "system", "--from-packets", "--write-ids")
    assert (site / TRIAGE).read_text(encoding="utf-8") == before.replace("'Mail' # the", "mail # the")
    assert not any("unknown-system" in line for line in lines(site))
    again = opmodel(site, "new", "system", "--from-packets").output
    assert again == "Every system that packets name is in data/systems.yml; nothing was written.\n"


def test_a_name_and_an_alias_become_the_id_of_the_system_that_has_them(tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / SYSTEMS).write_text(
        "systems: [{ id: post, name: Letters, aliases: [Mail], owner: platform, data_class: internal }]\n"
    )
    opmodel(site, "new", "system", "--from-packets", "--write-ids")
    assert list(load_model(site).model.systems) == ["post"]
    assert "      system: post\n" in (site / TRIAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_text_of_several_lines_is_left_and_named(end: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    edit(site, TRIAGE, "      system: Mail", "      system: >-\n        Mail")
    text = (site / TRIAGE).read_text(encoding="utf-8").replace("\n", end)
    (site / TRIAGE).write_bytes(text.encode())
    shown = opmodel(site, "new", "system", "--from-packets", "--write-ids").output
    assert "data/workflows/triage.yml:55:15: write the id by hand\n" in shown
    assert (site / TRIAGE).read_bytes().decode() == text


def test_every_system_of_the_samples_is_found(tmp_path: Path) -> None:
    site = shipped(tmp_path)
    opmodel(site, "new", "system", "--from-packets", "--write-ids")
    assert not any("unknown-system" in line for line in lines(site))


def test_a_new_packet_of_a_site_with_systems_has_no_problem(tmp_path: Path) -> None:
    site = good(tmp_path)
    opmodel(site, "new", "system", "--from-packets")
    before = lines(site)
    opmodel(site, "new", "Payment reminders", "--team", "finance", "--as-of", DAY)
    assert lines(site) == before


def test_an_identity_that_is_not_written_yet_is_no_shared_one(tmp_path: Path) -> None:
    site = good(tmp_path)
    for name in (TRIAGE, "data/workflows/intake.yml"):
        edit(site, name, "identity: svc-requests", 'identity: "TBD: an account of its own"')
    opmodel(site, "new", "system", "--from-packets", "--write-ids")
    assert not any("shared-identity" in line for line in all_lines(site))
