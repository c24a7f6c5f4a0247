"""The other commands, each as its user meets it. What they compute is tested where it is computed."""

import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from commands.test_check import opmodel
from opmodel import __version__
from opmodel.commands.main import command_group
from opmodel.rules.catalog import rules
from sites import GOOD, TRIAGE, edit, good

COMMANDS = sorted(command_group().commands)


def run(*words: str) -> Result:
    result = CliRunner().invoke(command_group(), list(words), prog_name="opmodel")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def decide(*given: str, packet: str = "intake", site: Path = GOOD) -> Result:
    return run("decide", packet, *given, "--site", str(site), "--as-of", "2026-11-22")


def test_rules_are_listed_with_their_meaning() -> None:
    output = run("rules").output
    assert re.findall(r"^  ([a-z-]+)$", output, re.M) == list(rules())
    assert all(len(line) <= 120 for line in output.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: opmodel {name}")
    assert run(name, "-h").output == result.output


def test_the_help_lists_every_command_with_a_line() -> None:
    output = run("--help").output
    assert [name for name in COMMANDS if not re.search(rf"^  {name} +\S", output, re.M)] == []


def test_every_option_is_explained() -> None:
    for name, command in command_group().commands.items():
        for each in command.params:
            assert not isinstance(each, click.Option) or each.help or each.is_eager, (name, each.name)


def test_the_version_is_printed() -> None:
    assert run("--version").output == f"opmodel, version {__version__}\n"


def test_a_refusal_names_its_case() -> None:
    result = decide("amount=1", "known=no")
    assert result.exit_code == 0
    assert result.output == (
        "outcome    refuse: The agent may not act; the case goes to the exception queue.\n"
        "exception  EX-01\n"
        "reason     Nobody knows the sender.\n"
        "rule       AP-03\n"
    )


def test_an_approval_names_approver_time_and_what_silence_means() -> None:
    assert decide("amount=500", "known=yes").output == (
        "outcome    approve: A named role approves before the agent acts, within a time.\n"
        "approver   Desk Lead\n"
        "time limit 8 hours\n"
        "on timeout escalate: The case goes to the party that the approver escalates to.\n"
        "escalation Desk Lead → Head of Finance\n"
        "reason     A person looks at large amounts.\n"
        "rule       AP-02\n"
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], ["amount: ", "known: "]),
        (["amount=5"], ["known: "]),
        (["amount=5", "known=maybe"], ["known: ", '"yes"']),
        (["amount=5,000", "known=yes"], ["amount: ", "5000"]),
        (["amount=-1", "known=yes"], ["amount: "]),
        (["amount=1.005", "known=yes"], ["amount: ", "2 decimals"]),
        (["amount=lots", "known=yes"], ["amount: "]),
        (["amount=1", "known=yes", "knwn=yes"], ["knwn: ", "known"]),
        (["amount", "known=yes"], ["amount"]),
        (["amount=1", "amount=2", "known=yes"], ["amount: "]),
        (["=1", "known=yes"], [""]),
        (["amount=NaN", "known=yes"], ["amount: "]),
        (["amount=" + "9" * 5000, "known=yes"], ["amount: "]),
        (["amount=1e9", "known=yes"], ["amount: "]),
    ],
    ids=lambda value: " ".join(value)[:30],
)
def test_a_case_that_cannot_be_decided_says_what_is_missing_or_wrong(given: list[str], says: list[str]) -> None:
    result = decide(*given)
    assert result.exit_code == 2
    assert all(word in result.output for word in says), result.output


def test_a_packet_that_is_not_there_or_not_readable(tmp_path: Path) -> None:
    result = decide(packet="intak")
    assert (result.exit_code, 'did you mean "intake"?' in result.output) == (2, True)
    site = good(tmp_path / "site")
    edit(site, TRIAGE, "status: draft", "status: drat")
    result = decide(packet="triage", site=site)
    assert (result.exit_code, result.output) == (1, "Error: triage has errors; see: opmodel check\n")


@pytest.mark.parametrize("given", [(), ("known=",), ("known=null",)])
def test_a_value_that_may_be_missing_is_left_out_empty_or_null(given: tuple[str, ...], tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, TRIAGE, 'values: ["yes", "no"]', 'values: ["yes", "no"]\n        may_be_missing: true')
    result = decide("amount=1", *given, packet="triage", site=site)
    assert (result.exit_code, result.output) == (1, "Error: no rule matches this case\n")
    edit(site, TRIAGE, "known: '\"no\"'", "known: '\"no\", null'")
    result = decide("amount=1", *given, packet="triage", site=site)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "rule       AP-03")
    assert "amount: missing; give" in decide(*given, packet="triage", site=site).output


def test_a_table_that_has_no_answer_says_so(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, TRIAGE, 'amount: ">= 500"', 'amount: "> 500"')
    result = decide("amount=500", "known=yes", packet="triage", site=site)
    assert (result.exit_code, result.output) == (1, "Error: no rule matches this case\n")


def test_a_table_that_cannot_be_read_refers_to_the_check(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    edit(site, TRIAGE, 'amount: ">= 500"', 'amount: "at least 500"')
    result = decide("amount=500", "known=yes", packet="triage", site=site)
    assert (result.exit_code, result.output) == (
        1,
        "Error: the approval table of triage has errors; see: opmodel check\n",
    )


def test_the_command_and_the_module_are_one() -> None:
    as_command = Path(sys.executable).with_name("opmodel")
    assert as_command.exists()
    assert opmodel("--version", cwd=GOOD).stdout == f"opmodel, version {__version__}\n"
