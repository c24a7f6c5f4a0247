"""Looks whether the finished site has what was put there: a theme or plugin may have left it out without a word."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from markupsafe import escape

from opmodel.adapter import content_policy
from opmodel.adapter.host import SEARCH_PLUGINS, MkDocsConfig, search_plugin
from opmodel.adapter.search_index import THEME_WORKER, WORKERS
from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_file
from opmodel.text.words import counted

_WORKERS_FOLDER = "assets/javascripts/workers"
_OWN_HEAD = '<meta property="og:site_name"'
Misses = Callable[[str, str], bool]
"""Returns whether a page's head, of the page at an address, lacks something."""


def missing_parts(config: MkDocsConfig, model: OperatingModel, pages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each thing that the finished site lacks.

    Args:
        config: The host's configuration of the build.
        model: What the site was made of.
        pages: The addresses of the pages to look at.
    """
    site, offline = Path(config.site_dir), model.host.offline
    if not search_plugin(config):
        yield f"no search index is known; expected the plugin {' or '.join(SEARCH_PLUGINS)} in mkdocs.yml"
    if not offline and (found := _workers(site)) != [(WORKERS / "theme.js").read_bytes()]:
        yield (
            f"{_WORKERS_FOLDER}/ has {counted(len(found), 'search worker')}; expected exactly one, the site's own; "
            "the theme is another than the search was made for"
        )
    yield from _lacking(site, model, list(pages))


def _workers(site: Path) -> list[bytes]:
    found = sorted((site / _WORKERS_FOLDER).glob("*.js"))
    return [file.read_bytes() for file in found if THEME_WORKER.fullmatch(f"{_WORKERS_FOLDER}/{file.name}")]


def _lacking(site: Path, model: OperatingModel, pages: list[str]) -> Iterator[str]:
    """Yield a line for each part of the head that pages lack, with the first of the pages."""
    heads = {page: _head(site / page_file(page)) for page in pages}
    policy = content_policy.meta(offline=model.host.offline)
    parts: dict[str, Misses] = {
        "the policy of the site (Content-Security-Policy)": lambda head, page: policy not in head,
        "the head of the site, which describes the page": lambda head, page: _OWN_HEAD not in head,
        "its own address (canonical)": lambda head, page: _canonical(model, page) not in head,
    }
    for part, misses in parts.items():
        without = [page for page, head in heads.items() if misses(head, page)]
        if without:
            more = f" and {counted(len(without) - 1, 'more page')}" if without[1:] else ""
            yield (
                f"{page_file(without[0])}{more}: expected {part}, found none; a template of the theme or a plugin "
                'leaves it out; a main.html of your own begins with {% extends "opmodel.html" %}, and keeps its blocks'
            )


def _head(file: Path) -> str:
    html = file.read_text(encoding="utf-8") if file.is_file() else ""
    return re.split("</head>", html, maxsplit=1, flags=re.IGNORECASE)[0]


def _canonical(model: OperatingModel, page: str) -> str:
    return f'<link rel="canonical" href="{escape(addresses.absolute(model, page))}">'
