"""The commands that READMEs and the guide print, and which of them no test can run."""

import re
from collections.abc import Iterator
from pathlib import Path

_CONSOLE = re.compile(r"^(?P<indent> *)```console\n(?P<lines>.*?)^(?P=indent)```", re.M | re.S)
_INLINE = re.compile(r"`((?:make|\.venv/bin/opmodel) [^`<>…]+)`")

NOT_RUN = {
    "make test": "runs all tests, this one too",
    "make package": "tests/adoption/test_package.py runs it",
    'nginx -c "$PWD/publish/nginx.conf"': "serves until it is stopped; tests/formats/test_nginx.py runs it",
    'nginx -c "$PWD/publish/nginx-object-store.conf"': "as above; tests/formats/test_object_store_front.py runs it",
    'publish/follow-object-store.sh https://store.example.com/bucket/operating-model "$PWD/publish"': (
        "asks a store; tests/formats/test_object_store_front.py runs it with one"
    ),
    "publish/upload-to-object-store.sh site s3://bucket/operating-model": (
        "writes to a store; tests/formats/test_recipes.py runs it with one"
    ),
    "podman build --file publish/Containerfile --tag operating-model .": (
        "fetches images; the steps of the file are run by test_a_site_made_with_the_wheel"
    ),
    "podman run --rm --publish 8080:8080 --read-only --tmpfs /tmp operating-model": "needs the container",
}
"""Commands that are not run where they are printed, each with the reason and with what tries them instead."""

REFUSED = {
    '.venv/bin/opmodel sign first-workflow --side business --by "Head of Accounts Payable"': "gates are still open",
}
"""Commands that a new site without samples refuses at first, as the page says: a draft cannot be signed."""

REFUSED_HERE = {
    ".venv/bin/opmodel update-guide": "the guide here is the engine's own",
    ".venv/bin/opmodel update-guide --write": "as above",
}
"""Commands for a site of one's own that the repository of the engine refuses."""


def printed_commands(page: Path) -> Iterator[str]:
    """Yield each command of a page, in order: lines of console blocks after ``$``, and commands in running text."""
    text = page.read_text(encoding="utf-8")
    found = [(match.start(), line) for match in _CONSOLE.finditer(text) for line in match["lines"].splitlines()]
    blocks = [(start, line.strip().removeprefix("$ ")) for start, line in found if line.strip().startswith("$ ")]
    inline = [(match.start(), match[1]) for match in _INLINE.finditer(_CONSOLE.sub(_blank, text))]
    for _, command in sorted(blocks + inline, key=lambda each: each[0]):
        yield re.sub(r"\s{2,}#.*$", "", command)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
