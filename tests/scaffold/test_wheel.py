"""The package as a stranger gets it: built, installed in an empty environment, and used to start a site."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from sites import SHIPPED, commit

pytestmark = pytest.mark.slow
EPOCH = {"SOURCE_DATE_EPOCH": "1795305600"}
MATERIAL = "opmodel/scaffold/material"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command with nothing of this process's Python in its environment, and return what it printed."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**outside, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def build_package(source: Path, kind: str, into: Path) -> Path:
    """Build a ``wheel`` or ``sdist`` of the project in ``source`` and return the file."""
    into.mkdir()
    run(sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", into, cwd=source)
    (package,) = into.iterdir()
    return package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package(SHIPPED, "wheel", tmp_path_factory.mktemp("built") / "wheel")


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment with the wheel and its dependencies, and nothing of this repository."""
    folder = tmp_path_factory.mktemp("environment")
    libraries = folder / "libraries"
    libraries.mkdir()
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        if "opmodel" not in installed.name and installed.suffix != ".pth":
            (libraries / installed.name).symlink_to(installed)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    paths = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(paths) / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    return python.parent


def test_the_wheel_holds_the_guide_that_new_sites_start_from(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"{MATERIAL}/mkdocs.yml", f"{MATERIAL}/data/roles.yml", f"{MATERIAL}/docs/index.md"} <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"opmodel"}


def test_a_wheel_from_the_source_package_is_the_same(wheel: Path, tmp_path: Path) -> None:
    source = build_package(SHIPPED, "sdist", tmp_path / "sdist")
    (tmp_path / "unpacked").mkdir()
    run("tar", "-xzf", source, cwd=tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build_package(unpacked, "wheel", tmp_path / "again")
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("samples", [(), ("--samples",)], ids=["bare", "samples"])
def test_a_new_site_is_checked_and_built_with_the_wheel_alone(
    commands: Path, tmp_path: Path, samples: tuple[str, ...]
) -> None:
    where = run(commands / "python", "-c", "import opmodel; print(opmodel.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(commands.parent)
    begin = ("init", "acme", "--organisation", "Acme", "--as-of", "2026-11-22", *samples)
    run(commands / "opmodel", *begin, cwd=tmp_path, **EPOCH)
    site = tmp_path / "acme"
    commit(site)
    assert "0 errors" in run(commands / "opmodel", "check", cwd=site, **EPOCH)
    run(commands / "python", "-m", "mkdocs", "build", "--strict", cwd=site, **EPOCH)
    assert "Acme" in (site / "site/index.html").read_text(encoding="utf-8")
    assert (site / "site/workflows/first-workflow/index.html").is_file() is not bool(samples)
    shutil.rmtree(site)
