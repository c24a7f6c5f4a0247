"""Broken sites that cannot stand in a folder: huge files, links, pipes, names that no editor would give, histories."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from opmodel.approval import check as approval_check
from opmodel.approval.proof import prove
from opmodel.files.reading import MAX_ASSET_BYTES
from opmodel.readiness.history import History
from sites import SIGNOFFS, TRIAGE, commit, edit, good, lines

MIB = 1024 * 1024
TEAMS = "data/teams.yml"
NAME = "expected a file named <id>.yml with an id such as invoice-triage"


def too_large(site: Path) -> None:
    (site / TEAMS).write_bytes(b"#" * (MIB + 1))


def too_many_values(site: Path) -> None:
    (site / TEAMS).write_text("teams: [" + "x," * 300_000 + "]")


def brackets(site: Path) -> None:
    (site / TEAMS).write_text("teams: " + "[" * 100_000)


def nested_blocks(site: Path) -> None:
    (site / TEAMS).write_text("teams:\n" + "".join(" " * depth + "- \n" for depth in range(500)))


def aliases_that_nest(site: Path) -> None:
    """Each line is 20 levels deep and holds the line before it: short to write, deeper than any walk can go."""
    deeper = (f"  - &a{n} {'[' * 20}*a{n - 1}{']' * 20}\n" for n in range(1, 100))
    (site / TEAMS).write_text("teams:\n  - &a0 x\n" + "".join(deeper))


def long_lines(site: Path) -> None:
    (site / TEAMS).write_text("teams: " + "x" * (MIB - 100))


def guide_in_another_encoding(site: Path) -> None:
    (site / "docs/guide/approval-model.md").write_bytes(b"---\ntitle: \xff\n---\n")


def link_loop(site: Path) -> None:
    (site / "data/workflows/loop.yml").symlink_to("loop.yml")


def link_to_nothing(site: Path) -> None:
    (site / "data/workflows/gone.yml").symlink_to("nowhere.yml")


def link_outside(site: Path) -> None:
    (site / TEAMS).unlink()
    (site / TEAMS).symlink_to("/etc/hostname")


def pipe(site: Path) -> None:
    os.mkfifo(site / "data/workflows/pipe.yml")


def pipe_among_schemas(site: Path) -> None:
    (site / "data/schemas").mkdir()
    os.mkfifo(site / "data/schemas/packet.json")
    (site / "data/schemas/site.json").symlink_to("/dev/zero")


def pipes_that_nothing_reads(site: Path) -> None:
    for name in ("notes.txt", ".hidden"):
        os.mkfifo(site / "data" / name)
    (site / "data/zero").symlink_to("/dev/zero")
    (site / "data/readme.txt").write_text("Any file that nothing reads.\n")


def pipe_of_settings(site: Path) -> None:
    (site / "mkdocs.yml").unlink()
    os.mkfifo(site / "mkdocs.yml")


def settings_elsewhere(site: Path) -> None:
    (site / "mkdocs.yml").unlink()
    (site / "mkdocs.yml").symlink_to("/etc/passwd")


def pages_elsewhere(site: Path) -> None:
    with (site / "mkdocs.yml").open("a") as file:
        file.write("docs_dir: ../docs\n")


def names_that_mislead(site: Path) -> None:
    (site / "docs/a\u202egnp.md").write_text("---\ntitle: Any page\n---\nText\n")
    (site / "docs/b\u200b.png").write_text("")


def strange_names(site: Path) -> None:
    for name in (b"Two.yml", b"a\nb.yml", b"<b>.yml", b"\xff.yml", b"x" * 100 + b".yml", "ü.yml".encode()):
        (site / "data/workflows" / os.fsdecode(name)).write_text("title: Any\n")


def names_for_windows(site: Path) -> None:
    (site / "docs/aux").mkdir()
    for name in (
        "aux/index.md",
        "Con.svg",
        "a?.md",
        "end. ",
        "Gr\u00f6\u00dfe.md",
        "Gro\u0308SSE.md",
        ".con",
        "con-1.md",
    ):
        (site / "docs" / name).write_text("# Any {#any}\n")
    (site / "data/workflows/lpt1.yml").write_text("title: Any\n")


def nothing_there(site: Path) -> None:
    for file in [*site.glob("data/*.yml"), *site.glob("data/*/*.yml")]:
        file.unlink()


CASES: list[tuple[Callable[[Path], None], list[str]]] = [
    (too_large, [f"{TEAMS}:1:1: the file has 1,048,577 bytes; the limit is 1,048,576 (file-size)"]),
    (too_many_values, [f"{TEAMS}:1:600005: the file holds more than 300,000 values (file-size)"]),
    (brackets, [f"{TEAMS}:1:37: values are nested more than 30 levels deep (yaml-depth)"]),
    (nested_blocks, [f"{TEAMS}:31:30: values are nested more than 30 levels deep (yaml-depth)"]),
    (aliases_that_nest, [f"{TEAMS}:4:29: values are nested more than 30 levels deep (yaml-depth)"]),
    (long_lines, [f'{TEAMS}:1:8: the key "teams" holds no list (wrong-type)']),
    (
        guide_in_another_encoding,
        ["docs/guide/approval-model.md:2:8: expected UTF-8 text, found byte 0xff (file-encoding)"],
    ),
    (
        link_loop,
        [
            "data/workflows/loop.yml:1:1: the file cannot be read: Too many levels of symbolic links (file-unreadable)",
        ],
    ),
    (
        link_to_nothing,
        ["data/workflows/gone.yml:1:1: the file cannot be read: No such file or directory (file-unreadable)"],
    ),
    (link_outside, [f"{TEAMS}:1:1: the file is a link that leads out of the site's folder (file-unreadable)"]),
    (pipe, ["data/workflows/pipe.yml:1:1: expected a file, found a folder or device (file-unreadable)"]),
    (
        pipe_among_schemas,
        [
            "data/schemas/packet.json:1:1: expected a file, found a folder or device (file-unreadable)",
            "data/schemas/site.json:1:1: the file is a link that leads out of the site's folder (file-unreadable)",
        ],
    ),
    (
        pipes_that_nothing_reads,
        [
            "data/.hidden:1:1: expected a file, found a folder or device (file-unreadable)",
            "data/notes.txt:1:1: expected a file, found a folder or device (file-unreadable)",
            "data/zero:1:1: the file is a link that leads out of the site's folder (file-unreadable)",
        ],
    ),
    (pipe_of_settings, ["mkdocs.yml:1:1: expected a file, found a folder or device (file-unreadable)"]),
    (settings_elsewhere, ["mkdocs.yml:1:1: the file is a link that leads out of the site's folder (file-unreadable)"]),
    (pages_elsewhere, ['mkdocs.yml:22:11: expected docs_dir: docs, found "../docs" (site-settings)']),
    (
        names_that_mislead,
        [
            'docs/a\\u202egnp.md:1:1: "agnp.md" with U+202E RIGHT-TO-LEFT OVERRIDE after "a" holds a character that '
            "nobody sees; rename it (file-name)",
            'docs/b\\u200b.png:1:1: "b.png" with U+200B ZERO WIDTH SPACE after "b" holds a character that nobody sees; '
            "rename it (file-name)",
        ],
    ),
    (
        strange_names,
        [
            f"data/workflows/{name}.yml:1:1: {NAME} (file-stray)"
            for name in ("<b>", "Two", "\\udcff", "a\\u000ab", "x" * 100, "ü")
        ],
    ),
    (
        names_for_windows,
        [
            f"data/workflows/lpt1.yml:1:1: {NAME}; lpt1 is the name of a device on Windows (file-stray)",
            'docs/Con.svg:1:1: "Con.svg" is the name of a device on Windows; rename it (file-name)',
            "docs/Gr\u00f6\u00dfe.md:1:1: this name and docs/Gro\u0308SSE.md differ only in capitals or in how "
            "accents are written; rename one (file-name)",
            'docs/a?.md:1:1: "a?.md" holds ?, which no name on Windows can; rename it (file-name)',
            'docs/aux:1:1: "aux" is the name of a device on Windows; rename it (file-name)',
            'docs/end. :1:1: "end. " ends in a dot or space, which Windows leaves out; rename it (file-name)',
        ],
    ),
    (
        nothing_there,
        [
            "data/faq.yml:1:1: the file data/faq.yml is missing (file-missing)",
            "data/responsibilities.yml:1:1: the file data/responsibilities.yml is missing (file-missing)",
            "data/roles.yml:1:1: the file data/roles.yml is missing (file-missing)",
            "data/site.yml:1:1: the file data/site.yml is missing (file-missing)",
            "data/teams.yml:1:1: the file data/teams.yml is missing (file-missing)",
            "data/workflows:1:1: there is no packet: expected data/workflows/<id>.yml (file-missing)",
        ],
    ),
]


@pytest.mark.parametrize(("damage", "expected"), CASES, ids=[damage.__name__ for damage, _ in CASES])
def test_a_site_of_another_kind_is_told_what_is_wrong(
    damage: Callable[[Path], None], expected: list[str], tmp_path: Path
) -> None:
    site = good(tmp_path / "site")
    damage(site)
    assert lines(site) == expected


def test_a_file_of_exactly_one_mebibyte_is_read(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    text = (site / TEAMS).read_text()
    (site / TEAMS).write_text(text + "#" * (MIB - len(text)))
    assert lines(site) == []


def test_a_missing_folder_is_an_empty_site(tmp_path: Path) -> None:
    assert lines(tmp_path / "nowhere")[0] == "data/faq.yml:1:1: the file data/faq.yml is missing (file-missing)"


@pytest.mark.parametrize("folder", ["data/workflows", "data/signoffs", "docs", "data"])
def test_a_folder_that_cannot_be_read_is_no_empty_folder(folder: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    shutil.rmtree(site / folder)
    (site / folder).symlink_to(Path(folder).name)
    found = lines(site)
    loop = "the folder cannot be read: Too many levels of symbolic links (file-unreadable)"
    assert f"{folder}:1:1: {loop}" in found
    assert not any("there is no packet" in line for line in found if folder == "data/workflows")
    assert not any("unknown-packet" in line or "permalink-lost" in line for line in found)


def test_a_folder_that_may_not_be_read_is_no_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, listdir = good(tmp_path / "site"), os.listdir

    def refuse(path: str) -> list[str]:
        if path.endswith("workflows"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert lines(site)[0] == "data/workflows:1:1: the folder cannot be read: Permission denied (file-unreadable)"


@pytest.mark.parametrize(
    ("name", "to", "why"),
    [
        ("e.txt", "/proc/self/environ", "the file is a link that leads out of the site's folder"),
        ("e.md", "../../outside.md", "the file is a link that leads out of the site's folder"),
        ("e.txt", "../.env", "the file is a link to something hidden"),
        ("guide/x", "/etc", "the folder is a link that leads out of the site's folder"),
        ("guide/x", "../../data", "expected a folder, found a link to one"),
        ("a", ".", "expected a folder, found a link to one"),
        ("x.md", "x.md", "the file cannot be read: Too many levels of symbolic links"),
        ("gone.png", "nowhere.png", "the file cannot be read: No such file or directory"),
        ("zero", "/dev/zero", "the file is a link that leads out of the site's folder"),
    ],
)
def test_docs_hold_no_link_that_the_site_could_leak_through(name: str, to: str, why: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "outside.md").write_text("secret")
    (site / ".env").write_text("secret")
    (site / "docs" / name).symlink_to(to)
    assert lines(site) == [f"docs/{name}:1:1: {why} (file-unreadable)"]


def test_docs_hold_nothing_but_files_of_limited_size(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    for name in ("pipe.md", "pipe.png"):
        os.mkfifo(site / "docs" / name)
    with (site / "docs" / "film.mp4").open("wb") as film:
        film.truncate(MAX_ASSET_BYTES + 1)
    (site / "docs" / os.fsdecode(b"\xff.png")).write_text("")
    (site / "docs" / "kept.png").write_text("")
    (site / "docs" / "again.png").symlink_to("kept.png")
    assert lines(site) == [
        "docs/\\udcff.png:1:1: the name of the file is not UTF-8 text (file-unreadable)",
        "docs/film.mp4:1:1: the file has 104,857,601 bytes; the limit is 104,857,600 (file-size)",
        "docs/pipe.md:1:1: expected a file, found a folder or device (file-unreadable)",
        "docs/pipe.png:1:1: expected a file, found a folder or device (file-unreadable)",
    ]


@pytest.mark.parametrize(
    "path", ["data/permalinks.txt", "data/candidates.yml", "data/systems.yml", "data/redirects.yml"]
)
def test_an_optional_file_is_read_like_all_others(path: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / path).unlink(missing_ok=True)
    (site / path).symlink_to("/etc/passwd")
    found = lines(site)
    assert f"{path}:1:1: the file is a link that leads out of the site's folder (file-unreadable)" in found
    assert not any("root" in line for line in found)
    (site / path).unlink()
    (site / path).symlink_to("nowhere")
    assert f"{path}:1:1: the file cannot be read: No such file or directory (file-unreadable)" in lines(site)


LEFT = (
    ".#page.md", "._x.md", "page.md~", "page.md.orig", "page.md.bak", ".page.md.swp", "#page.md#", "page.md.rej",
    "4913", "Thumbs.db", "desktop.ini", ".DS_Store", "page.tmp", "~$page.md", "._x.yml", ".#x.yml", "x.yml~",
    "x.yml.orig",
)  # fmt: skip


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    for folder in ("data", "data/workflows", "data/signoffs", "docs", "docs/guide"):
        for name in LEFT:
            if name.startswith(".#"):
                (site / folder / name).symlink_to("someone@somewhere.1234:1")
            else:
                (site / folder / name).write_bytes(b"\xff")
    assert lines(site) == []


def test_a_hidden_data_file_is_not_passed_over(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    for path in ("data/workflows/..%2f.yml", "data/signoffs/.intake.yml", "data/.teams.yaml"):
        (site / path).write_text("title: Any\n")
    assert lines(site) == [
        'data/.teams.yaml:1:1: nothing reads data/.teams.yaml; did you mean "data/teams.yml"? (file-stray)',
        f"data/signoffs/.intake.yml:1:1: {NAME} (file-stray)",
        f"data/workflows/..%2f.yml:1:1: {NAME} (file-stray)",
    ]


def test_a_proof_that_takes_too_long_claims_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval_check, "prove", partial(prove, limit=1))
    found = lines(good(tmp_path / "site"))
    assert {line.rsplit("(", 1)[1] for line in found if TRIAGE in line} == {"approval-too-complex)"}


def test_a_record_that_was_committed_and_altered_is_found(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    commit(site, day="2026-10-06")
    assert lines(site) == []
    edit(site, SIGNOFFS, "  - side: it\n", "  - side: business\n")
    where = "record 2 was altered since commit "
    assert [line for line in lines(site) if f"{SIGNOFFS}:25:1: {where}" in line and "(signoff-altered)" in line]


def test_records_that_stand_as_they_were_committed_are_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    texts = History.texts

    def noted(self: History, blobs: Iterable[str]) -> dict[str, str]:
        asked.extend(wanted := list(blobs))
        return texts(self, wanted)

    monkeypatch.setattr(History, "texts", noted)
    site = good(tmp_path / "site")
    commit(site, day="2026-10-06")
    assert lines(site) == []
    assert asked == []
    edit(site, SIGNOFFS, "records:\n", "# A comment changes no record.\nrecords:\n")
    assert lines(site) == []
    assert len(asked) == 1
