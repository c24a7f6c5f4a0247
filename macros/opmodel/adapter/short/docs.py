"""The pages of ``docs/``: what the host made of each in the last build, kept for the next one.

A page is kept in two steps. Its Markdown as HTML depends on its own text and on what its links lead to. The finished
page depends on that HTML, with all its blocks, on its head, and on the frame around all pages. A page that the host had
something to say about is never kept, so that it is said again; and what is wrong with anchors on other pages is found
by the host itself, which is given the links that it would have found.
"""

import logging
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opmodel.adapter.blocks import OF_ENGINE, Block, Printed, printed_before
from opmodel.adapter.page import GeneratedPage
from opmodel.load.operating_model import OperatingModel
from opmodel.memory import Key, Memory, digest

Call = tuple[str, ...]
"""A block that a page shows: its name and arguments."""
TEMPLATE = "finished.html"
"""Prints a finished page as it is."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A page after the host converted it; ``links`` are those to anchors, by the path of the page that they lead to."""

    markdown: str
    html: str
    meta: bytes
    toc: bytes
    title: str | None
    anchors: frozenset[str]
    links: dict[str, dict[str, str]]
    calls: tuple[Call, ...]
    printed: dict[Call, Printed]
    """The blocks that depend on the engine alone, by the call that asked for them."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished page, and what the search plugin found on it."""

    html: str
    entries: tuple[dict[str, Any], ...]


class KnownPage(Page):
    """A page that takes what the host made of it before in the place of reading and rendering its Markdown.

    It shares everything with the host's own page, so that what is set on one is set on both.
    """

    __slots__ = ("known",)

    def __init__(self, page: Page, known: Converted) -> None:
        self.__dict__ = page.__dict__
        self.known = known

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the meta data. There is no Markdown, so that nothing looks for macros in it."""
        self.markdown, self.meta = "", pickle.loads(self.known.meta)  # noqa: S301 written by this user's own runs

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the rest."""
        known = self.known
        self.markdown, self.content = known.markdown, known.html
        self.toc = pickle.loads(known.toc)  # noqa: S301 as above
        self._title_from_render = known.title
        self.present_anchor_ids = set(known.anchors)
        self.links_to_anchors = {files.src_uris[path]: links for path, links in known.links.items()}


class Heard(logging.Handler):
    """Counts what the host says."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one more."""
        self.count += 1


class Docs:
    """The pages of ``docs/`` of one build."""

    def __init__(self, memory: Memory, model: OperatingModel, converting: Key | None, files: Files) -> None:
        self.memory = memory
        self.model = model
        self.converting = converting
        self.files = files
        self.before: dict[Key, Converted] = self._recalled("docs") if converting else {}
        self.converted: dict[Key, Converted] = {}
        self.finished_before: dict[Key, Finished] = {}
        self.finished: dict[Key, Finished] = {}
        self.keys: dict[str, Key] = {}
        self.heard = Heard()
        self.said = 0

    def _recalled(self, name: str) -> dict[Key, Any]:
        found = self.memory.recall(name)
        return found if isinstance(found, dict) else {}

    def begin(self, page: Page) -> KnownPage | None:
        """Return the page as it was converted before, if nothing changed; otherwise listen to what the host says."""
        if not self.converting or isinstance(page, GeneratedPage):
            return None
        key = digest(self.converting, page.file.src_uri, page.file.content_bytes)
        self.keys[page.file.src_uri] = key
        known = self.before.get(key)
        if known and all(path in self.files.src_uris for path in known.links):
            self.converted[key] = known
            return KnownPage(page, known)
        logging.getLogger("mkdocs").addHandler(self.heard)
        self.said = self.heard.count
        return None

    def forget(self, page: Page) -> None:
        """Let the host convert a page that was known."""
        self.converted.pop(self.keys.pop(page.file.src_uri), None)

    def end(self, page: Page, html: str, asked: Sequence[tuple[Call, Block]], config: MkDocsConfig) -> None:
        """Keep what the host made of a page's Markdown, and those of its blocks that depend on the engine alone."""
        logging.getLogger("mkdocs").removeHandler(self.heard)
        key = self.keys.get(page.file.src_uri)
        if not key or key in self.converted or self.heard.count > self.said:
            return
        plugin: Any = config.plugins["macros"]
        if not _only_calls(plugin.env, page.file.content_string, len(asked)):
            return
        self.converted[key] = Converted(
            markdown=page.markdown or "",
            html=html,
            meta=pickle.dumps(page.meta),
            toc=pickle.dumps(page.toc),
            title=page._title_from_render,
            anchors=frozenset(page.present_anchor_ids or ()),
            links={file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()},
            calls=tuple(call for call, _ in asked),
            printed={
                call: printed_before(block, page.url, self.model) for call, block in asked if call[0] in OF_ENGINE
            },
        )

    def frame(self, framing: Key | None, pages: Iterable[Page], frame: Callable[[Page], dict[str, Any]]) -> None:
        """Let the host print the pages that are finished already; ``frame`` is what it prints around a page."""
        if self.converted.keys() != self.before.keys():
            self.memory.keep("docs", self.converted)
        self.keys.clear()
        if not framing:
            return
        self.finished_before = self._recalled("docs-finished")
        for page in pages:
            if "template" in page.meta:
                continue
            said = (
                page.url,
                page.title,
                page.meta,
                page.canonical_url,
                page.edit_url,
                _headings(page.toc),
                frame(page),
            )
            key = digest(framing, repr(said), page.content or "")
            self.keys[page.file.src_uri] = key
            if key in self.finished_before:
                page.meta = {**page.meta, "template": TEMPLATE, "search": {"exclude": True}}

    def ready(self, page: Page) -> Finished | None:
        """Return a page that the host need only print."""
        key = self.keys.get(page.file.src_uri, "")
        return self.finished_before.get(key) if page.meta.get("template") == TEMPLATE else None

    def finish(self, page: Page, html: str, entries: Iterable[dict[str, Any]]) -> None:
        """Keep a finished page."""
        if key := self.keys.get(page.file.src_uri):
            self.finished[key] = self.ready(page) or Finished(html, tuple(dict(entry) for entry in entries))

    def keep(self) -> None:
        """Keep the finished pages for the next build."""
        if self.finished.keys() != self.finished_before.keys():
            self.memory.keep("docs-finished", self.finished)


def _headings(toc: Iterable[Any]) -> list[Any]:
    return [(each.title, each.id, each.level, getattr(each, "layer", ""), _headings(each.children)) for each in toc]


def _only_calls(environment: Environment, text: str, count: int) -> bool:
    """Return whether all that a page asks of the macros plugin are ``count`` calls with plain texts."""
    found = 0
    try:
        body = environment.parse(text).body
    except TemplateSyntaxError:  # in the meta data, which the plugin does not read
        return False
    for node in body:
        if not isinstance(node, nodes.Output):
            return False
        for part in node.nodes:
            if isinstance(part, nodes.Call):
                plain = isinstance(part.node, nodes.Name) and all(isinstance(each, nodes.Const) for each in part.args)
                if not plain or part.kwargs or part.dyn_args or part.dyn_kwargs:
                    return False
                found += 1
            elif not isinstance(part, nodes.TemplateData):
                return False
    return found == count
