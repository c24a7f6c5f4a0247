"""A stranger's first hour: the engine from a package, a site of one's own, and every command that the guide prints."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

import sites
from adoption.conftest import ADOPT, Adopted, adopting
from adoption.outside import DAY, Machine, build_package, copy_of_source, script
from adoption.printed_commands import NOT_RUN, REFUSED, printed_commands

pytestmark = pytest.mark.slow
MATERIAL = "opmodel/scaffold/material"
PAGES = ("README.md", "docs/**/*.md")
ONCE = ("make serve", "make site", "make check", "make check site", "make help")
"""Commands that change nothing, so that they are run for the first page that prints them."""


def test_the_wheel_holds_what_new_sites_start_from(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    wanted = ("mkdocs.yml", "data/roles.yml", "docs/index.md", "publish/Containerfile")
    assert {f"{MATERIAL}/{name}" for name in wanted} <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"opmodel"}


def test_a_new_site_has_its_engine_and_nothing_of_this_repository(adopted: Adopted) -> None:
    line = (adopted.site / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert line.startswith("./engine/opmodel-")
    assert (adopted.site / line).is_file()
    assert adopted.run("make check").endswith("0 errors, 0 warnings\n")
    where = adopted.run(".venv/bin/python -c 'import opmodel; print(opmodel.__file__)'")
    assert Path(where.strip()).is_relative_to(adopted.site / ".venv")


def test_it_builds_as_of_its_last_commit(adopted: Adopted) -> None:
    adopted.run("make site")
    assert "Acme" in (adopted.site / "site/index.html").read_text(encoding="utf-8")
    assert set(re.findall("<lastmod>(.*?)</lastmod>", (adopted.site / "site/sitemap.xml").read_text())) == {DAY}
    assert (adopted.site / "site/workflows/first-workflow/index.html").is_file() is not adopted.samples


def run_page(machine: Machine, site: Path, page: Path, ran: set[str]) -> None:
    """Run what a page prints, in order, and put the site back as it was committed."""
    for command in printed_commands(page):
        if command in NOT_RUN or command in ran or (page == site / ADOPT and command in adopting()):
            continue
        if command in ONCE:
            ran.add(command)
        if command == "make serve":
            assert "<html" in machine.serves(command, site)
        elif "init ../my-operating-model" in command:
            machine.run(command, site)
            shutil.rmtree(site.parent / "my-operating-model")
        else:
            machine.run(command, site, code=int(command in REFUSED))
    machine.run("git checkout --quiet . && git clean --quiet --force -d", site)


def test_every_command_of_its_pages_works_there(adopted: Adopted) -> None:
    ran = {"make site"}  # above
    adopted.run("make site")
    for page in sorted(file for pattern in PAGES for file in adopted.site.glob(pattern)):
        if page == adopted.site / ADOPT and not adopted.samples:
            example = re.search(r"^```yaml\n(currency:.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
            assert example
            (adopted.site / "data/candidates.yml").write_text(example[1], encoding="utf-8")
        run_page(adopted.machine, adopted.site, page, ran)


def test_a_wheel_of_a_higher_version_is_an_upgrade(adopted: Adopted, tmp_path: Path) -> None:
    source = copy_of_source(sites.SHIPPED, tmp_path / "source")
    version = re.compile('^__version__ = ".*"$', re.M)
    init = source / "macros/opmodel/__init__.py"
    init.write_text(version.sub('__version__ = "9.9"', init.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(build_package(source, "wheel", tmp_path / "dist"), adopted.site / "engine")
    requirements = adopted.site / "requirements.txt"
    *_, old = requirements.read_text(encoding="utf-8").splitlines()
    sites.edit(adopted.site, "requirements.txt", f"\n{old}\n", "\n./engine/opmodel-9.9-py3-none-any.whl\n")
    assert adopted.run("make check site").count("0 errors") == 1
    assert adopted.run(".venv/bin/opmodel --version") == "opmodel, version 9.9\n"


def test_the_steps_of_the_container_work_in_a_new_site(adopted: Adopted, tmp_path: Path) -> None:
    adopted.run(f"git clone --quiet . {tmp_path / 'src'}")
    machine = Machine.new(tmp_path / "container", adopted.machine.libraries)
    machine.run("python3 -m venv container/env", tmp_path)
    for name, module in (("pip", "pip"), ("mkdocs", "mkdocs")):
        script(tmp_path / f"container/bin/{name}", f'exec "{tmp_path}/container/env/bin/python" -m {module} "$@"')
    text = (tmp_path / "src/publish/Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    steps = [line.removeprefix("RUN ") for line in text.splitlines() if line.startswith("RUN ")]
    for step in steps:
        if not step.startswith("apt-get"):
            machine.run(step.replace("/src", str(tmp_path / "src")), tmp_path / "src")
    assert (tmp_path / "src/redirects.map").is_file()
    assert set(re.findall("<lastmod>(.*?)</lastmod>", (tmp_path / "src/site/sitemap.xml").read_text())) == {DAY}
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line]
    assert [name for names in copied for name in names if not (tmp_path / "src" / name).exists()] == []
    images = [line.split()[1] for line in text.splitlines() if line.startswith("FROM ")]
    assert [image for image in images if not re.search("@sha256:[0-9a-f]{64}$", image)] == []


def test_every_command_of_this_repository_works_in_a_clone(libraries: Path, tmp_path: Path) -> None:
    clone = copy_of_source(sites.SHIPPED, tmp_path / "clone")
    sites.commit(clone, day=DAY)
    machine = Machine.new(tmp_path / "machine", libraries)
    machine.prepare(clone)
    paths = f'PYTHONPATH="{libraries}:{clone}/macros"'
    for name in ("opmodel", "mkdocs"):
        script(clone / ".venv/bin" / name, f'{paths} exec "{clone}/.venv/bin/python" -m {name} "$@"')
    for stamp in (".locked", ".installed"):
        (clone / ".venv" / stamp).touch()
    ran = set[str]()
    for page in sorted(file for pattern in PAGES for file in clone.glob(pattern)):
        run_page(machine, clone, page, ran)


def test_what_is_not_run_is_printed_somewhere() -> None:
    pages = [file for pattern in PAGES for file in sites.SHIPPED.glob(pattern)]
    printed = {command for page in pages for command in printed_commands(page)}
    assert NOT_RUN.keys() - printed == set()
