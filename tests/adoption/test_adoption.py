"""A stranger's first hour: the engine from a package, a site of one's own, and every command that the guide prints."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

import sites
from adoption.conftest import ADOPT, Adopted, adopt, adopting
from adoption.outside import DAY, Machine, build_package, copy_of_source, script
from adoption.printed_commands import NOT_RUN, REFUSED, REFUSED_HERE, printed_commands

pytestmark = pytest.mark.slow
MATERIAL = "opmodel/scaffold/material"
PAGES = ("README.md", "docs/**/*.md")
ONCE = ("make serve", "make site", "make offline", "make check", "make check site", "make help")
"""Commands that change no file of the site, so that they are run for the first page that prints them."""


def test_the_wheel_holds_what_new_sites_start_from(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    wanted = ("mkdocs.yml", "data/roles.yml", "docs/index.md", "publish/Containerfile")
    assert {f"{MATERIAL}/{name}" for name in wanted} <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"opmodel"}


def test_a_site_made_with_the_wheel(wheel: Path, libraries: Path, tmp_path: Path) -> None:
    """One test, because each step needs those before it, and a site of one's own takes a while to set up."""
    adopted = adopt(Machine.new(tmp_path / "machine", libraries), wheel, tmp_path, samples=False)
    has_its_engine_and_nothing_of_this_repository(adopted)
    builds_as_of_its_last_commit(adopted)
    every_command_of_its_pages_works(adopted, ran={"make site"})
    steps_of_the_container_work(adopted, tmp_path)
    a_wheel_of_a_higher_version_is_an_upgrade(adopted, tmp_path)


def test_a_site_with_samples_made_with_the_source_package(
    source_package: Path, libraries: Path, tmp_path: Path
) -> None:
    adopted = adopt(Machine.new(tmp_path / "machine", libraries), source_package, tmp_path, samples=True)
    has_its_engine_and_nothing_of_this_repository(adopted)
    builds_as_of_its_last_commit(adopted)
    every_command_of_its_pages_works(adopted, ran={"make site", "make serve"})  # serving is tried above


def has_its_engine_and_nothing_of_this_repository(adopted: Adopted) -> None:
    line = (adopted.site / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert line.startswith("./engine/opmodel-")
    assert (adopted.site / line).is_file()
    assert "0 errors" in adopted.run("make check")
    where = adopted.run(".venv/bin/python -c 'import opmodel; print(opmodel.__file__)'")
    assert Path(where.strip()).is_relative_to(adopted.site / ".venv")


def builds_as_of_its_last_commit(adopted: Adopted) -> None:
    adopted.run("make site")
    sites.keep_pictures(adopted.site)
    assert "Acme" in (adopted.site / "site/index.html").read_text(encoding="utf-8")
    assert judged_as_of(adopted.site) == DAY
    assert (adopted.site / "site/workflows/first-workflow/index.html").is_file() is not adopted.samples


def judged_as_of(site: Path) -> str:
    """Return the day as of which the built site judges dates."""
    return str(json.loads((site / "site/api/index.json").read_text(encoding="utf-8"))["as_of"])


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
            refused = command in REFUSED or (command in REFUSED_HERE and (site / "macros").is_dir())
            machine.run(command, site, code=int(refused))
    machine.run("git checkout --quiet . && git clean --quiet --force -d", site)


def do_what_pages_say_first(adopted: Adopted) -> None:
    """Give each team a handle and write the candidates of the example, which the samples have already."""
    if adopted.samples:
        return
    teams, guide = adopted.site / "data/teams.yml", adopted.site / ADOPT
    handles = re.sub(r"(?m)^(    side: \w+)$", r'\1\n    handle: "@acme/owners"', teams.read_text(encoding="utf-8"))
    teams.write_text(handles, encoding="utf-8")
    example = re.search(r"^```yaml\n(currency:.*?)^```", guide.read_text(encoding="utf-8"), re.M | re.S)
    assert example
    (adopted.site / "data/candidates.yml").write_text(example[1], encoding="utf-8")


def every_command_of_its_pages_works(adopted: Adopted, ran: set[str]) -> None:
    for page in sorted(file for pattern in PAGES for file in adopted.site.glob(pattern)):
        do_what_pages_say_first(adopted)
        run_page(adopted.machine, adopted.site, page, ran)


def a_wheel_of_a_higher_version_is_an_upgrade(adopted: Adopted, tmp_path: Path) -> None:
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


def steps_of_the_container_work(adopted: Adopted, tmp_path: Path) -> None:
    adopted.run(f"git clone --quiet . {tmp_path / 'src'}")
    sites.lend_pictures(tmp_path / "src")
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
    assert judged_as_of(tmp_path / "src") == DAY
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line]
    assert [name for names in copied for name in names if not (tmp_path / "src" / name).exists()] == []
    images = [line.split()[1] for line in text.splitlines() if line.startswith("FROM ")]
    assert [image for image in images if not re.search("@sha256:[0-9a-f]{64}$", image)] == []


def test_every_command_of_this_repository_works_in_a_clone(libraries: Path, tmp_path: Path) -> None:
    clone = copy_of_source(sites.SHIPPED, tmp_path / "clone")
    sites.commit(clone, day=DAY)
    sites.lend_pictures(clone)
    machine = Machine.new(tmp_path / "machine", libraries)
    machine.run("python3 -m venv .venv", clone)
    machine.run(".venv/bin/python -m pip install --quiet --no-deps --editable .", clone)
    machine.prepare(clone)
    for stamp in (".locked", ".installed"):
        (clone / ".venv" / stamp).touch()
    ran = set[str]()
    for page in sorted(file for pattern in PAGES for file in clone.glob(pattern)):
        run_page(machine, clone, page, ran)


def test_what_is_not_run_is_printed_somewhere() -> None:
    pages = [file for pattern in PAGES for file in sites.SHIPPED.glob(pattern)]
    printed = {command for page in pages for command in printed_commands(page)}
    assert NOT_RUN.keys() - printed == set()
