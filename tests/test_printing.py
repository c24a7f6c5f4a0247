"""``opmodel pdf``: the sheets that it prints, and what it says where it can print none."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opmodel import printing
from opmodel.commands.main import command_group
from opmodel.printing import STYLES, set_paper
from paper import sheet_sizes
from sites import GOOD, good

pytestmark = pytest.mark.browser
A4, LETTER = (595, 842), (612, 792)


def pdf(*words: str, site: Path = GOOD) -> Result:
    return CliRunner().invoke(command_group(), ["pdf", *words, "--site", str(site)], prog_name="opmodel")


def test_a_packet_and_a_pack_are_made(tmp_path: Path, chromium: str) -> None:
    site = good(tmp_path / "site")
    one, pack = tmp_path / "one.pdf", tmp_path / "pack.pdf"
    assert pdf("intake", "-o", str(one), site=site).exit_code == 0
    assert pdf("--team", "finance", "-o", str(pack), "--paper", "letter", site=site).exit_code == 0
    assert set(sheet_sizes(one)) == {A4}
    assert set(sheet_sizes(pack)) == {LETTER}
    assert len(sheet_sizes(pack)) > len(sheet_sizes(one)) > 2


def test_the_foot_of_each_sheet_says_what_it_is_of(tmp_path: Path) -> None:
    styles = tmp_path / STYLES
    styles.parent.mkdir(parents=True)
    set_paper(tmp_path, "letter", 'Packet "A" \\ B' + " and so on" * 30)
    assert r'@bottom-left { content: "Packet \"A\" \\ B and so on' in styles.read_text(encoding="utf-8")
    assert ' …"; font' in styles.read_text(encoding="utf-8")


def test_without_a_browser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(printing, "PLACES", ())
    result = pdf("intake")
    assert result.exit_code == 1
    assert result.output == (
        "Error: no Chromium, Chrome or Edge was found, and one of them makes the PDF file; install one, "
        "or name yours with CHROMIUM=/path/to/it\n"
    )


def test_a_browser_that_is_named_wrongly_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    assert pdf("intake").output == "Error: CHROMIUM names /no/such/browser, which is no program that can be run\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name a packet, or a team with --team"),
        (["intake", "--team", "finance"], "name a packet, or a team with --team"),
        (["intak"], 'unknown packet "intak"; did you mean "intake"?'),
        (["--team", "finanse"], 'unknown team "finanse"; did you mean "finance"?'),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str) -> None:
    result = pdf(*words)
    assert result.exit_code == 2
    assert told in result.output
