"""``opmodel update-guide``: what a newer engine says reaches a site, and what the site says stays."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from commands.terminal import opmodel, tree
from opmodel.scaffold import guide_base
from sites import SHIPPED, TODAY, MakeOnce, lines

DAY = ("--as-of", TODAY.isoformat())
PAGE, OTHER = "docs/guide/packet.md", "docs/guide/glossary.md"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what a newer engine carries, which is like this one until a test changes it."""
    folder = tmp_path / "engine"
    for name in ("docs", "data", "publish"):
        shutil.copytree(SHIPPED / name, folder / name)
    shutil.copy(SHIPPED / "mkdocs.yml", folder)
    monkeypatch.setattr(guide_base, "starter_files", lambda: folder)
    return folder


@pytest.fixture(params=["bare", "samples"])
def site(request: pytest.FixtureRequest, tmp_path: Path, make_once: MakeOnce) -> Path:
    def new(folder: Path) -> Path:
        samples = ["--samples"] if request.param == "samples" else []
        opmodel(folder, "init", str(folder / "site"), "--organisation", "Acme", *samples, *DAY)
        return folder / "site"

    return Path(shutil.copytree(make_once(f"new-{request.param}", new), tmp_path / "site", symlinks=True))


def append(folder: Path, path: str, text: str) -> None:
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.slow
def test_without_a_newer_engine_nothing_changes(site: Path, engine: Path) -> None:
    before = tree(site)
    assert "0 files changed, 0 to settle" in opmodel(site, "update-guide", "--write", *DAY).stderr
    assert tree(site) == before


@pytest.mark.slow
def test_what_the_site_left_alone_is_updated_once_it_is_asked_for(site: Path, engine: Path) -> None:
    append(engine, PAGE, "\n## More { #more }\n\nSaid by the new engine.\n")
    append(engine, "publish/Caddyfile", "# new\n")
    before = tree(site)
    shown = opmodel(site, "update-guide", *DAY)
    assert f"updated  {PAGE}\n" in shown.stdout
    assert "+Said by the new engine.\n" in shown.stdout
    assert "nothing was written" in shown.stderr
    assert tree(site) == before
    opmodel(site, "update-guide", "--write", *DAY)
    assert "Said by the new engine." in (site / PAGE).read_text(encoding="utf-8")
    assert (site / "publish/Caddyfile").read_text(encoding="utf-8").endswith("# new\n")
    assert lines(site) == []
    assert "0 files changed" in opmodel(site, "update-guide", *DAY).stderr


@pytest.mark.slow
def test_both_changes_of_a_page_are_kept(site: Path, engine: Path) -> None:
    append(engine, PAGE, "\nSaid by the new engine.\n")
    text = (site / PAGE).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("## "))
    (site / PAGE).write_text(text.replace(line, f"{line}\n\nSaid by Acme.", 1), encoding="utf-8")
    assert f"merged   {PAGE}\n" in opmodel(site, "update-guide", "--write", *DAY).stdout
    merged = (site / PAGE).read_text(encoding="utf-8")
    assert "Said by Acme." in merged
    assert "Said by the new engine." in merged


@pytest.mark.slow
def test_a_conflict_is_shown_until_it_is_settled(site: Path, engine: Path) -> None:
    append(engine, PAGE, "\nSaid by the new engine.\n")
    append(engine, OTHER, "\nSaid by the new engine as well.\n")
    append(site, PAGE, "\nSaid by Acme.\n")
    mine = (site / PAGE).read_bytes()
    for _ in range(2):
        shown = opmodel(site, "update-guide", "--write", *DAY, code=1)
        assert f"<<<<<<< {PAGE}: this site, which stays\n" in shown.stdout
        assert "1 to settle" in shown.stderr
        assert (site / PAGE).read_bytes() == mine
    assert "as well" in (site / OTHER).read_text(encoding="utf-8")
    assert "unknown changed file" in opmodel(site, "update-guide", "--ours", "docs/x.md", *DAY, code=2).output
    opmodel(site, "update-guide", "--write", "--ours", PAGE, *DAY)
    assert (site / PAGE).read_bytes() == mine
    assert "0 files changed" in opmodel(site, "update-guide", *DAY).stderr


@pytest.mark.slow
def test_the_text_of_the_engine_can_be_taken(site: Path, engine: Path) -> None:
    append(engine, PAGE, "\nSaid by the new engine.\n")
    append(site, PAGE, "\nSaid by Acme.\n")
    opmodel(site, "update-guide", "--write", "--theirs", PAGE, *DAY)
    assert "Acme" not in (site / PAGE).read_text(encoding="utf-8")
    assert "0 files changed" in opmodel(site, "update-guide", *DAY).stderr


@pytest.mark.slow
def test_a_file_that_the_engine_no_longer_has_stays_and_is_named_once(site: Path, engine: Path) -> None:
    (engine / "publish/Caddyfile").unlink()
    mine = (site / "publish/Caddyfile").read_bytes()
    for arguments in ((), ("--write",)):
        shown = opmodel(site, "update-guide", *arguments, *DAY).stdout
        assert shown == "dropped  publish/Caddyfile  (stays in this site, as a file of its own)\n"
        assert (site / "publish/Caddyfile").read_bytes() == mine
    assert opmodel(site, "update-guide", *DAY).stdout == ""


@pytest.mark.slow
def test_a_page_that_the_engine_no_longer_has_stays_in_the_navigation(site: Path, engine: Path) -> None:
    (engine / OTHER).unlink()
    settings = engine / "mkdocs.yml"
    kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if "guide/glossary.md" not in line]
    settings.write_text("\n".join([*kept, "# new"]) + "\n", encoding="utf-8")
    for file in engine.glob("d*/**/*.*"):  # nothing there links to it any more
        if "glossary.md" in (text := file.read_text(encoding="utf-8")) or "guide:glossary" in text:
            file.write_text(re.sub(r"\((?:\.\./guide/)?glossary\.md[^)]*\)|\(guide:glossary[^)]*\)", "(#)", text))
    shown = opmodel(site, "update-guide", *DAY).stdout
    assert f"dropped  {OTHER}  (stays in this site, as a file of its own)\n" in shown
    opmodel(site, "update-guide", "--write", *DAY)
    assert lines(site) == []
    assert (site / OTHER).is_file()
    settled = (site / "mkdocs.yml").read_text(encoding="utf-8")
    assert "guide/glossary.md" in settled
    assert "# new" in settled


@pytest.mark.slow
def test_nothing_is_written_if_an_error_would_come(site: Path, engine: Path) -> None:
    append(engine, PAGE, "\n[Nowhere](nowhere.md)\n")
    before = tree(site)
    for arguments in ((), ("--write",)):
        said = opmodel(site, "update-guide", *arguments, *DAY, code=1).output
        assert "nothing was written, because the site would have errors:" in said
        assert tree(site) == before


@pytest.mark.slow
def test_removed_samples_do_not_come_back(tmp_path: Path, engine: Path) -> None:
    site = tmp_path / "site"
    opmodel(site, "init", str(site), "--organisation", "Acme", "--samples", *DAY)
    opmodel(site, "init", str(site), "--remove-samples", *DAY)
    append(engine, PAGE, "\nMore. See [it](../workflows/invoice-triage.md).\n")
    opmodel(site, "update-guide", "--write", *DAY)
    assert (site / PAGE).read_text(encoding="utf-8").endswith("\nMore.\n")
    assert lines(site) == []


def test_a_site_without_a_base_says_what_helps(site: Path, engine: Path) -> None:
    assert json.loads((site / guide_base.BASE_FILE).read_text(encoding="utf-8"))["organisation"] == "Acme"
    (site / guide_base.BASE_FILE).unlink()
    assert "there is no engine/base.json" in opmodel(site, "update-guide", code=1).output


@pytest.mark.slow
@pytest.mark.parametrize("path", [PAGE, "engine/base.json", f"engine/base/{PAGE}"])
@pytest.mark.parametrize("kind", ["link out", "pipe"])
def test_no_file_outside_the_site_is_read_and_no_pipe(
    kind: str, path: str, site: Path, engine: Path, tmp_path: Path
) -> None:
    append(engine, PAGE, "\nSaid by the new engine.\n")
    (tmp_path / "secret").write_text("Not for the terminal.\n")
    (site / path).unlink()
    if kind == "pipe":
        os.mkfifo(site / path)
    else:
        (site / path).symlink_to(tmp_path / "secret")
    shown = opmodel(site, "update-guide", *DAY, code=1)
    assert f"{path}: " in shown.stderr
    assert "Not for the terminal" not in shown.stdout + shown.stderr


@pytest.mark.parametrize("text", ["[]", "{", "[" * 100_000, '{"version": 1}', "\xff", "null"])
def test_a_damaged_base_is_one_line(text: str, site: Path, engine: Path) -> None:
    (site / "engine/base.json").write_bytes(text.encode("latin-1"))
    shown = opmodel(site, "update-guide", *DAY, code=1)
    assert shown.stderr == "Error: engine/base.json cannot be read; take it from version control\n"


def test_a_page_of_the_base_that_is_no_text_is_one_line(site: Path, engine: Path) -> None:
    (site / f"engine/base/{PAGE}").write_bytes(b"\xff")
    said = opmodel(site, "update-guide", *DAY, code=1).output
    assert said == f"Error: engine/base/{PAGE} is not UTF-8 text; take it from version control\n"
