"""Somebody else's machine: nothing of this repository in reach, only the installed dependencies are shared."""

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

DAY, EPOCH = "2026-11-22", "1795305600"
"""The day of a first commit, and a moment of it."""


def share_libraries(folder: Path) -> Path:
    """Fill a folder with links to pip and the installed dependencies, without this package and what starts one."""
    folder.mkdir()
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        ours = "opmodel" in installed.name or installed.name.startswith(("setuptools", "distutils"))
        if not ours and installed.suffix != ".pth":
            (folder / installed.name).symlink_to(installed)
    return folder


@dataclass(frozen=True)
class Machine:
    """A home, a PATH and the shared libraries."""

    folder: Path
    libraries: Path

    @classmethod
    def new(cls, folder: Path, libraries: Path) -> "Machine":
        """Return a machine whose ``python3`` is the one that runs the tests, but not its environment.

        Its environments find pip among the shared libraries, because unpacking one for each takes six seconds.
        """
        (folder / "bin").mkdir(parents=True)
        (folder / "home").mkdir()
        python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        script(folder / "bin/python3", f'[ "$1 $2" != "-m venv" ] || set -- "$@" --without-pip\nexec "{python}" "$@"')
        return cls(folder, libraries)

    def environment(self) -> dict[str, str]:
        """Return the variables of this machine."""
        kept = (each for each in os.environ.get("PATH", "").split(":") if not (Path(each) / "opmodel").exists())
        return {
            "PATH": ":".join((str(self.folder / "bin"), *kept)),
            "HOME": str(self.folder / "home"),
            "LC_ALL": "C.UTF-8",
            "OPMODEL_CACHE": str(self.folder / "home/cache"),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": str(self.libraries),
            "PIP_NO_INDEX": "1",  # every dependency is there already
            "PIP_NO_BUILD_ISOLATION": "0",  # pip's word for: build with what is there
            "PIP_NO_COMPILE": "1",  # Python compiles what a command imports
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def run(self, command: str, cwd: Path, code: int = 0, **more: str) -> str:
        """Run a line as in a shell, and return what it printed."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=cwd,
            env={**self.environment(), **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def serves(self, command: str, cwd: Path) -> str:
        """Run a command that serves until it is stopped, and return its first page."""
        port = free_port()
        environment = {**self.environment(), "ADDRESS": f"127.0.0.1:{port}"}
        with (self.folder / "serve.log").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {command}"], cwd=cwd, env=environment, stdout=log, stderr=log, process_group=0
            )
            try:
                return first_page(f"http://127.0.0.1:{port}/", process)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, 15)
                process.wait(timeout=30)

    def prepare(self, site: Path) -> None:
        """Make the environment of a site, with the commands that its dependencies would bring."""
        self.run("python3 -m venv .venv", site)
        script(site / ".venv/bin/mkdocs", f'exec "{site}/.venv/bin/python" -m mkdocs "$@"')


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def first_page(address: str, process: subprocess.Popen[bytes]) -> str:
    """Return the page at an address as soon as it is served."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 a server of our own
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"nothing is served at {address}")


def build_package(source: Path, kind: str, into: Path) -> Path:
    """Build a ``wheel`` or ``sdist`` of the project in ``source`` and return the file."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(into)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (package,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return package


def copy_of_source(source: Path, folder: Path) -> Path:
    """Return a copy of what git keeps, changes that are not committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (source / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, folder / name)
    return folder
