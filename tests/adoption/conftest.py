"""Packages that are built once, and sites that were made with them on somebody else's machine."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import sites
from adoption.outside import DAY, EPOCH, Machine, build_package, share_libraries
from adoption.printed_commands import printed_commands

ADOPT = "docs/contribute/index.md"


@pytest.fixture(scope="session")
def libraries(make_once: sites.MakeOnce) -> Path:
    return make_once("libraries", lambda folder: share_libraries(folder / "libraries"))


@pytest.fixture(scope="session")
def wheel(make_once: sites.MakeOnce) -> Path:
    return make_once("wheel", lambda folder: build_package(sites.SHIPPED, "wheel", folder))


@pytest.fixture(scope="session")
def source_package(make_once: sites.MakeOnce) -> Path:
    return make_once("sdist", lambda folder: build_package(sites.SHIPPED, "sdist", folder))


@dataclass(frozen=True)
class Adopted:
    """A site and the machine that it was made on."""

    machine: Machine
    site: Path
    samples: bool

    def run(self, command: str, code: int = 0, **more: str) -> str:
        return self.machine.run(command, self.site, code, **more)


def adopting() -> list[str]:
    """Return the commands with which the guide makes a new site; the last one serves it."""
    found = list(printed_commands(sites.SHIPPED / ADOPT))
    begin = found.index("python3 -m venv opmodel-environment")
    return found[begin : begin + 4]


def adopt(machine: Machine, package: Path, folder: Path, *, samples: bool) -> Adopted:
    """Make a site as the guide says, from a package in the folder, and commit it."""
    shutil.copy(package, folder)
    *commands, serve = adopting()
    assert serve == "cd my-operating-model && make serve"
    for command in commands:
        options = " --samples" if samples and " init " in command else ""
        machine.run(command.replace("opmodel-*.whl", package.name) + options, folder, SOURCE_DATE_EPOCH=EPOCH)
    site = folder / "my-operating-model"
    sites.commit(site, day=DAY)
    sites.lend_pictures(site)
    machine.prepare(site)
    return Adopted(machine, site, samples)
