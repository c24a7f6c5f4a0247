"""Stands in for ``aws s3``: an object is a file below ``$STORE``. ``$BREAK`` names one that cannot be written."""

import argparse
import fnmatch
import os
import shutil
import sys
from functools import partial
from pathlib import Path


def place(address: str) -> Path:
    return Path(os.environ["STORE"]) / address.removeprefix("s3://")


def listed(address: str) -> None:
    found = [file for file in place(address).rglob("*") if file.is_file()]
    print(*found, sep="\n")
    sys.exit(0 if found else 1)


def copied(source: Path, target: str, rules: list[tuple[str, str]], control: str) -> None:
    """Copy what the rules take; as in the original, a later rule wins."""
    for file in sorted(file for file in source.rglob("*") if file.is_file()):
        name = file.relative_to(source).as_posix()
        verdicts = [kind for kind, pattern in rules if fnmatch.fnmatchcase(name, pattern)]
        if verdicts and verdicts[-1] == "exclude":
            continue
        if name == os.environ.get("BREAK"):
            sys.exit("upload failed")
        new = place(f"{target}/{name}")
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, new)
        with place("written").open("a", encoding="utf-8") as log:
            log.write(f"{name} {control}\n")


def _rule(rules: list[tuple[str, str]], kind: str, pattern: str) -> str:
    rules.append((kind, pattern))  # in the order of the command's words, which decides
    return pattern


def main() -> None:
    reader = argparse.ArgumentParser()
    rules: list[tuple[str, str]] = []
    reader.add_argument("words", nargs="+")
    for kind in ("include", "exclude"):
        reader.add_argument(f"--{kind}", action="append", type=partial(_rule, rules, kind))
    for name in ("--cache-control", "--content-type"):
        reader.add_argument(name)
    for name in ("--only-show-errors", "--recursive"):
        reader.add_argument(name, action="store_true")
    given = reader.parse_intermixed_args()
    match given.words:
        case ["s3", "ls", address]:
            listed(address)
        case ["s3", "cp", "-", target]:
            place(target).parent.mkdir(parents=True, exist_ok=True)
            place(target).write_text(sys.stdin.read(), encoding="utf-8")
        case ["s3", "cp", source, target]:
            copied(Path(source), target, rules, given.cache_control)
        case _:
            reader.error("not known here")


if __name__ == "__main__":
    main()
