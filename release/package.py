"""Builds the wheel and the source package into ``dist/``, checks both, and says what to upload for a release.

``make package`` builds and checks them; ``make release`` first makes sure that this is a release.
"""

import argparse
import base64
import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

_VERSION = re.compile(r'^__version__ = "(?P<version>[^"]+)"$', re.M)
_RELEASED = re.compile(r"\d+\.\d+(\.\d+)?")
_HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?P<day> - \d{4}-\d{2}-\d{2})?\s*$", re.M)


class Refused(Exception):
    """What was built or asked for is no good; the message says why."""


def version_of(root: Path) -> str:
    """Return the version that the source states."""
    found = _VERSION.search((root / "macros/opmodel/__init__.py").read_text(encoding="utf-8"))
    if not found:
        raise Refused("macros/opmodel/__init__.py states no __version__")
    return found["version"]


def release_problems(root: Path, tag: str | None) -> Iterator[str]:
    """Yield every reason why the files of ``root`` are no release."""
    version = version_of(root)
    if not _RELEASED.fullmatch(version):
        yield f"__version__ in macros/opmodel/__init__.py is {version}; a release has a version such as 1.2.0"
    yield from _changelog_problems((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if tag is not None and tag != f"v{version}":
        yield f"the tag is {tag}; the version {version} has the tag v{version}"
    if changed := _git(root, "status", "--porcelain"):
        yield f"not committed: {', '.join(line[3:] for line in changed.splitlines())}"


def _changelog_problems(text: str, version: str) -> Iterator[str]:
    headings = list(_HEADING.finditer(text))
    if headings and headings[0]["name"] == "Unreleased":
        end = headings[1].start() if len(headings) > 1 else len(text)
        if re.search(r"^- ", text[headings[0].end() : end], re.M):
            yield f"CHANGELOG.md has entries under Unreleased; move them below a heading: ## [{version}] - YYYY-MM-DD"
        headings = headings[1:]
    newest = headings[0] if headings else None
    if not newest or newest["name"] != version:
        yield f"the newest version in CHANGELOG.md is {newest['name'] if newest else 'none'}; expected {version}"
    elif not newest["day"]:
        yield f"the heading of {version} in CHANGELOG.md has no day; expected: ## [{version}] - YYYY-MM-DD"


def build(root: Path) -> list[Path]:
    """Build both packages from the files of ``root`` into its folder ``dist`` and check them; return them."""
    made = root / "dist"
    shutil.rmtree(made, ignore_errors=True)
    day = _git(root, "log", "-1", "--format=%ct").strip()  # one commit always gives the same bytes
    environment = {"SOURCE_DATE_EPOCH": day or "0"} | dict(os.environ)
    for target in ("sdist", "wheel"):
        _run("hatchling", "build", "--target", target, "--directory", made, cwd=root, env=environment)
    (wheel,), (source,) = made.glob("*.whl"), made.glob("*.tar.gz")
    _run("twine", "check", "--strict", wheel, source, cwd=root, env=environment)
    check_hashes(wheel)
    _check_source(source, wheel, environment)
    return [wheel, source]


def check_hashes(wheel: Path) -> None:
    """Make sure that each file of a wheel is listed there with the digest that it has."""
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
        (record,) = (name for name in names if name.endswith(".dist-info/RECORD"))
        listed = {name: digest for name, digest, _ in csv.reader(io.StringIO(package.read(record).decode()))}
        wrong = sorted(name for name in names - {record} if listed.get(name) != _digest(package.read(name)))
    if wrong or names != listed.keys():
        raise Refused(f"{wheel.name} lists other files or digests than it holds: {', '.join(wrong) or 'names differ'}")


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def _check_source(source: Path, wheel: Path, environment: dict[str, str]) -> None:
    """Make sure that the source package gives the same wheel, byte for byte."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(source) as package:
            package.extractall(folder, filter="data")
        (unpacked,) = folder.iterdir()
        _run("hatchling", "build", "--target", "wheel", "--directory", folder / "dist", cwd=unpacked, env=environment)
        if (folder / "dist" / wheel.name).read_bytes() != wheel.read_bytes():
            raise Refused(f"{source.name} gives another wheel than {wheel.name}")


def _run(module: str, *arguments: str | Path, cwd: Path, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)  # noqa: S603 our own
    if done.returncode:
        raise Refused(f"{module} failed:\n{done.stdout}{done.stderr}")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout


def _report(root: Path, packages: list[Path]) -> Iterator[str]:
    for package in packages:
        digest = hashlib.sha256(package.read_bytes()).hexdigest()
        yield f"{package.relative_to(root)}  sha256:{digest}"


def _next(version: str) -> list[str]:
    return [
        "Upload these two files, and no others:",
        f"  git tag v{version} && git push origin v{version}    # .github/workflows/release.yml publishes them",
        "  twine upload dist/*    # or by hand, with an account that may",
    ]


def main() -> None:
    """Build, check and report; the exit code is 1 where something is wrong."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--release", action="store_true", help="refuse anything that is no release")
    words.add_argument("--tag", help="tag that the release has; by default any")
    words.add_argument("--root", type=Path, default=Path(__file__).parents[1], help="folder of the source")
    given = words.parse_args()
    root = given.root.resolve()
    try:
        if given.release and (problems := list(release_problems(root, given.tag or None))):
            raise Refused("\n".join(["this is no release yet:", *(f"- {problem}" for problem in problems)]))
        lines = list(_report(root, build(root)))
        print("\n".join(lines + (_next(version_of(root)) if given.release else [])))
    except Refused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
