"""Wherever prose, messages or recipes name a command, it exists, with the options that are named."""

import re
import shlex
from collections.abc import Iterator

import click

from opmodel.commands.main import command_group
from sites import SHIPPED

COMMANDS = command_group().commands
FILES = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "docs/**/*.md",
    "data/*.yml",
    "macros/opmodel/**/*",
)
KINDS = {".md", ".yml", ".py", ".jinja", ".js", ""}
NAMED = re.compile(r"(?:`+|\.venv/bin/|\$\(BIN\)/)opmodel (?P<words>[a-z][^`\n]*)")


def named_commands() -> Iterator[tuple[str, list[str]]]:
    """Yield (place, words after ``opmodel``) for each command that a file names."""
    for file in sorted(file for pattern in FILES for file in SHIPPED.glob(pattern)):
        if file.is_file() and file.suffix in KINDS:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                for found in NAMED.finditer(line):
                    yield f"{file.relative_to(SHIPPED)}:{number}", _words(found["words"])


def _words(text: str) -> list[str]:
    """Return the words of a command up to the next one in the line."""
    text = re.split(r"[;|&>\\]|  #", text)[0]
    try:
        return shlex.split(text)
    except ValueError:  # a quote that ends in a later line, or with the message around it
        return text.replace('"', " ").replace("'", " ").split()


def test_a_named_command_and_its_options_exist() -> None:
    named = list(named_commands())
    assert len(named) > 100
    assert [(place, words) for place, words in named if unknown(words)] == []


def unknown(words: list[str]) -> list[str]:
    """Return what a command line names that there is not: the command, or options of it."""
    command = COMMANDS.get(words[0])
    if command is None:
        return words[:1]
    known = {"--help", *options(command)}
    return [word for word in words[1:] if word.startswith("--") and word.partition("=")[0].rstrip(".,:)") not in known]


def options(command: click.Command) -> Iterator[str]:
    """Yield the names of a command's options, and of those below it."""
    for each in command.params:
        yield from each.opts if isinstance(each, click.Option) else ()
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from options(below)
