"""Looks whether the finished site has what was put there: a theme or plugin may have left it out without a word."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape

from opmodel.adapter import content_policy
from opmodel.adapter.host import SEARCH_PLUGINS, MkDocsConfig, search_plugin
from opmodel.adapter.search_index import THEME_WORKER, WORKERS
from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Place, Problem
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_file
from opmodel.rules.finished_site import FINISHED_SITE
from opmodel.text.words import counted

_WORKERS_FOLDER = "assets/javascripts/workers"
_OWN_HEAD = '<meta property="og:site_name"'
_UNKNOWN = "404.html"
_REMEDY = (
    "a template of the theme or a plugin leaves it out; a main.html of your own begins with "
    '{% extends "opmodel.html" %}, and keeps its blocks'
)
Misses = Callable[[str, str], bool]
"""Returns whether the head of a page, in a file of the site, lacks something."""


@dataclass(frozen=True)
class FinishedSite:
    """The output of a build.

    Args:
        config: The host's configuration of the build.
        model: What the site was made of.
        pages: The addresses of the pages to look at, besides the page for unknown addresses.
    """

    config: MkDocsConfig
    model: OperatingModel
    pages: Iterable[str]

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each thing that the site lacks."""
        offline = self.model.host.offline
        if not search_plugin(self.config):
            plugins = " or ".join(SEARCH_PLUGINS)
            text = f"expected a search whose index is known, found none; add the plugin {plugins} without other options"
            yield Problem(Place(Path(self.config.config_file_path).name), FINISHED_SITE, text)
        if not offline and (found := self._workers()) != [(WORKERS / "theme.js").read_bytes()]:
            count = counted(len(found), "file") if found[1:] else "another" if found else "none"
            text = (
                f"expected one search worker, the site's own, found {count}; "
                "the theme is another than the search was made for, or a folder of yours adds to it"
            )
            yield self._problem(_WORKERS_FOLDER, text)
        yield from self._lacking(content_policy.meta(offline=offline))

    def _problem(self, path: str, text: str) -> Problem:
        shown = os.path.relpath(Path(self.config.site_dir, path), self.model.root.resolve())
        return Problem(Place(Path(shown).as_posix()), FINISHED_SITE, text)

    def _workers(self) -> list[bytes]:
        found = sorted(Path(self.config.site_dir, _WORKERS_FOLDER).glob("*.js"))
        return [file.read_bytes() for file in found if THEME_WORKER.fullmatch(f"{_WORKERS_FOLDER}/{file.name}")]

    def _lacking(self, policy: str) -> Iterator[Problem]:
        """Yield a problem for each part of the head that pages lack, at the first of the pages."""
        own = {page_file(page): self._canonical(page) for page in self.pages}
        heads = {path: self._head(path) for path in (*own, _UNKNOWN)}
        parts: dict[str, Misses] = {
            "the policy of the site (Content-Security-Policy)": lambda head, path: policy not in head,
            "the head of the site, which describes the page": lambda head, path: _OWN_HEAD not in head,
            "the page's own address (canonical)": lambda head, path: own.get(path, "") not in head,
        }
        for part, misses in parts.items():
            without = [path for path, head in heads.items() if misses(head, path)]
            if without:
                more = f", nor on {counted(len(without) - 1, 'more page')}" if without[1:] else ""
                yield self._problem(without[0], f"expected {part}, found none{more}; {_REMEDY}")

    def _canonical(self, page: str) -> str:
        return f'<link rel="canonical" href="{escape(addresses.absolute(self.model, page))}">'

    def _head(self, path: str) -> str:
        file = Path(self.config.site_dir, path)
        html = file.read_text(encoding="utf-8") if file.is_file() else ""
        return re.split("</head>", html, maxsplit=1, flags=re.IGNORECASE)[0]
