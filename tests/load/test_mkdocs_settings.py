"""Settings that are inherited, merged or under another name count as those of mkdocs.yml do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.utils.yaml import yaml_load

from opmodel.commands.main import command_group
from opmodel.load.mkdocs_settings import compose_settings
from opmodel.rules.check import check
from sites import TODAY, but_history, good, lines, run_build

OUTSIDE = "the file is a link that leads out of the site's folder (file-unreadable)"
DEVICE = "expected a file, found a folder or device"


def inheriting(folder: Path, base: str = "base.yml", own: str = "") -> Path:
    """Return a site whose settings stand in ``base``, and its own are ``own``."""
    site = good(folder)
    (site / base).parent.mkdir(exist_ok=True)
    (site / "mkdocs.yml").rename(site / base)
    (site / "mkdocs.yml").write_text(f"INHERIT: {base}\n{own}")
    return site


def test_inherited_settings_are_the_sites_own(tmp_path: Path) -> None:
    site = inheriting(tmp_path / "site", "conf/base.yml", "extra:\n  motto: Small is enough\n")
    assert lines(site) == []
    (site / "docs/index.md").write_text((site / "docs/index.md").read_text() + "\n{{ motto }} {{ moto }}\n")
    (found,) = lines(site)
    assert 'unknown macro "moto"; did you mean "motto"? To show it' in found
    assert found in run_build(site).stderr


def test_a_fault_in_inherited_settings_is_shown_where_it_stands(tmp_path: Path) -> None:
    site = inheriting(tmp_path / "site", own="nav:\n  - index.md\n  - gone.md\n")
    base = (site / "base.yml").read_text()
    (site / "base.yml").write_text(base.replace("name: material", "name: mkdocs") + "docs_dir: pages\n")
    found = [line for line in lines(site) if line.startswith(("base.yml:", "mkdocs.yml:"))]
    assert found == [
        'base.yml:3:9: expected theme.name: material, found "mkdocs" (site-settings)',
        'base.yml:22:11: expected docs_dir: docs, found "pages" (site-settings)',
        'mkdocs.yml:4:5: there is no file "gone.md" in docs/; did you mean "index.md"? (page-nav)',
    ]


def test_a_theme_folder_of_inherited_settings_holds_no_link_out_of_the_site(tmp_path: Path) -> None:
    site = inheriting(tmp_path / "site")
    base = site / "base.yml"
    base.write_text(base.read_text().replace("theme:\n", "theme:\n  custom_dir: overrides\n", 1))
    (site / "overrides").mkdir()
    (site / "overrides/main.html").symlink_to("/etc/passwd")
    os.mkfifo(site / "overrides/404.html")
    found = lines(site)
    assert found == [
        f"overrides/404.html:1:1: {DEVICE} (file-unreadable)",
        f"overrides/main.html:1:1: {OUTSIDE}",
    ]
    assert all(line in run_build(site).stderr for line in found)


def test_a_theme_folder_that_only_the_environment_names_is_refused_by_the_build(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    settings = (site / "mkdocs.yml").read_text()
    (site / "mkdocs.yml").write_text(settings.replace("theme:\n", "theme:\n  custom_dir: !ENV OVERRIDES\n", 1))
    (site / "overrides").mkdir()
    os.mkfifo(site / "overrides/main.html")
    done = run_build(site, OVERRIDES="overrides")
    assert done.returncode == 1
    assert f"overrides/main.html:1:1: {DEVICE}" in done.stderr
    assert "Traceback" not in done.stderr


def of_another_name(site: Path) -> None:
    (site / "mkdocs.yml").rename(site / "other.yml")


def with_a_merge_key(site: Path) -> None:
    settings = (site / "mkdocs.yml").read_text()
    (site / "other.yml").write_text(settings.replace("theme:\n", "theme:\n  <<: {custom_dir: theirs}\n", 1))


@pytest.mark.parametrize("change", [of_another_name, with_a_merge_key])
def test_settings_under_another_name_are_those_that_count(change: Callable[[Path], None], tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    change(site)
    settings = site / "other.yml"
    folder = "theirs" if "theirs" in settings.read_text() else "overrides"
    if folder == "overrides":
        settings.write_text(settings.read_text().replace("theme:\n", f"theme:\n  custom_dir: {folder}\n", 1))
    (site / folder).mkdir()
    (site / folder / "main.html").symlink_to("/etc/passwd")
    line = f"{folder}/main.html:1:1: {OUTSIDE}"
    (found,) = but_history(check(site, TODAY, settings="other.yml").problems)
    assert str(found) == line
    said = CliRunner().invoke(command_group(), ["check", str(site), "-f", str(settings)])
    assert said.exit_code == 1
    assert f"{folder}/main.html:1:1: " in said.stdout
    done = run_build(site, arguments=["-f", "other.yml"])
    assert done.returncode == 1
    assert line in done.stderr


def test_settings_of_another_folder_are_wrong_usage(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "conf").mkdir()
    (site / "conf/other.yml").write_text("site_name: Small\n")
    said = CliRunner().invoke(command_group(), ["check", str(site), "-f", str(site / "conf/other.yml")])
    assert said.exit_code == 2
    assert "MkDocs expects data/ beside its settings" in said.stderr


def outside(site: Path) -> str:
    (site / "base.yml").rename(site.parent / "base.yml")
    return "../base.yml"


def link_outside(site: Path) -> str:
    (site / "base.yml").unlink()
    (site / "base.yml").symlink_to("/etc/passwd")
    return "base.yml"


def pipe(site: Path) -> str:
    (site / "base.yml").unlink()
    os.mkfifo(site / "base.yml")
    return "base.yml"


def circle(site: Path) -> str:
    (site / "base.yml").write_text("INHERIT: mkdocs.yml\n")
    return "base.yml"


def no_mapping(site: Path) -> str:
    (site / "base.yml").write_text("- a list\n")
    return "base.yml"


REFUSED: dict[Callable[[Path], str], str] = {
    outside: 'INHERIT names "../base.yml", which is not in the site\'s folder; move it there (file-unreadable)',
    link_outside: f'INHERIT names "base.yml": {OUTSIDE}',
    pipe: f'INHERIT names "base.yml": {DEVICE} (file-unreadable)',
    lambda site: "gone.yml": (
        'INHERIT names "gone.yml": the file cannot be read: No such file or directory (file-unreadable)'
    ),
    lambda site: "/etc/passwd": (
        'INHERIT names "/etc/passwd", which is not in the site\'s folder; move it there (file-unreadable)'
    ),
    circle: "INHERIT leads in a circle: mkdocs.yml → base.yml → mkdocs.yml → base.yml … (site-settings)",
    no_mapping: 'INHERIT names "base.yml", which holds no settings: expected a mapping (site-settings)',
    lambda site: "[base.yml]": "expected a file of the site after INHERIT, such as base.yml (site-settings)",
}


@pytest.mark.parametrize("case", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_inherited_is_refused_where_it_is_named(case: Callable[[Path], str], tmp_path: Path) -> None:
    site = inheriting(tmp_path / "site")
    (site / "mkdocs.yml").write_text(f"INHERIT: {case(site)}\n")
    (found,) = [line for line in lines(site) if "INHERIT" in line]
    place, _, message = found.partition(" ")
    assert place.startswith(("mkdocs.yml:1:10:", "base.yml:1:10:"))
    assert message == REFUSED[case]


@pytest.mark.parametrize(
    ("base", "own"),
    [
        ("a: {b: 1, c: [1, 2]}\nd: 2\n", "a: {c: [3], e: {f: 4}}\nd: {g: 1}\n"),
        ("a: 1\nb: {c: {d: 1}}\n", "a: {x: 1}\nb: {c: {e: 2}}\nz: null\n"),
        ("a: &a {b: 1, c: 2}\nd: {<<: *a, b: 3}\n", "d: {c: 4}\n"),
    ],
)
def test_settings_are_merged_as_the_host_merges_them(base: str, own: str, tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(base)
    (tmp_path / "mkdocs.yml").write_text(f"INHERIT: base.yml\n{own}")
    with (tmp_path / "mkdocs.yml").open("rb") as file:
        expected = yaml_load(file)
    found = compose_settings(tmp_path)
    assert isinstance(found, yaml.MappingNode)
    merged = yaml.SafeLoader("").construct_document(found)
    merged.pop("INHERIT")
    assert merged == expected


NAVS = {
    "nav: &a [{x: *a}]\n": "mkdocs.yml:22:",
    "nav: &a {x: *a}\n": "mkdocs.yml:22:",
    "y0: &y0 [index.md]\n"
    + "".join(f"y{n + 1}: &y{n + 1} [{{a: *y{n}}}, {{b: *y{n}}}, {{c: *y{n}}}]\n" for n in range(16))
    + "nav: *y16\n": "mkdocs.yml:25:",
}


@pytest.mark.parametrize("nav", NAVS, ids=["list", "mapping", "many"])
def test_a_navigation_without_end_is_one_error(nav: str, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "mkdocs.yml").write_text((site / "mkdocs.yml").read_text() + nav)
    (found,) = [line for line in lines(site) if line.endswith("(site-settings)")]
    assert found.startswith(NAVS[nav])
    assert "the navigation has more than 20,000 entries or more than 60 levels" in found


def test_a_theme_folder_that_no_system_can_have_is_refused(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    settings = (site / "mkdocs.yml").read_text()
    (site / "mkdocs.yml").write_text(settings.replace("theme:\n", 'theme:\n  custom_dir: "a\\0b"\n', 1))
    (found,) = lines(site)
    assert found.startswith("mkdocs.yml:3:15: theme.custom_dir names ")


def test_what_the_macros_plugin_includes_is_read_in_the_site_only(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (tmp_path / "secret.yml").write_text("key: 1\n")
    (site / "facts.yml").write_text("key: 1\n")
    (site / "link.yml").symlink_to(tmp_path / "secret.yml")
    os.mkfifo(site / "pipe.yml")
    (site / "parts").mkdir()
    (site / "parts/link.md").symlink_to("/etc/passwd")
    settings = site / "mkdocs.yml"
    included = "include_yaml: [facts.yml, ../secret.yml, link.yml, {x: pipe.yml}, gone.yml]\n      include_dir: parts"
    settings.write_text(settings.read_text().replace("on_undefined: strict", included, 1))
    assert [line for line in lines(site) if "unreadable" in line] == [
        "mkdocs.yml:9:33: macros.include_yaml names ../secret.yml, which is not in the site's folder; move it there "
        "(file-unreadable)",
        "mkdocs.yml:9:48: macros.include_yaml names link.yml, which is not in the site's folder; move it there "
        "(file-unreadable)",
        f"mkdocs.yml:9:62: macros.include_yaml names pipe.yml: {DEVICE} (file-unreadable)",
        f"parts/link.md:1:1: {OUTSIDE}",
    ]


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    settings = site / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("theme:\n", "theme:\n  custom_dir: overrides\n", 1))
    assert lines(site) == [
        "mkdocs.yml:3:15: theme.custom_dir names overrides, and there is no such folder; make it, or leave this out "
        "(site-settings)"
    ]
