"""Rules on what pages of ``docs/`` and the navigation lead to: whatever a strict build refuses of it."""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote, urlsplit

from opmodel.files.reading import SETTINGS_FILE
from opmodel.load.host_settings import NavEntry
from opmodel.model.guide import GuidePage
from opmodel.model.problem import Place, Problem
from opmodel.permalinks import addresses
from opmodel.permalinks.page_macros import MACROS
from opmodel.permalinks.published import (
    SITE_FILES,
    anchors_of_answer,
    anchors_of_packet,
    anchors_of_page,
    anchors_of_team,
)
from opmodel.rules.rule import Context, site_rule
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

_MADE_BY_HOST = ("fn:", "fnref:", "__tabbed_")
_NAV_SCHEMES = ("https", "http", "mailto")
_ASSETS = ("assets/opmodel/", "assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png")


_RECORDS = {"packet": "workflows", "question": "faq", "team": "teams"}
"""The folder of the generated pages of each kind of record."""


class _Targets:
    """Everything that a page can link to, by the path of its file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.model = context.model
        self.pages = {f"{path}.md": entry.value for path, entry in self.model.pages.items()}

    @cached_property
    def made(self) -> Mapping[str, tuple[str, str]]:
        """Kind and id of the record that each generated page is made from."""
        return {
            f"{folder}/{name}.md": (kind, name)
            for kind, folder in _RECORDS.items()
            for name in self.model.names.get(kind) or ()
        }

    @cached_property
    def files(self) -> frozenset[str]:
        """The path of every file that pages can link to, pages included."""
        others = {addresses.reviews(name) for name in self.model.teams} | {"_redirects"}
        return frozenset({*(self.model.page_files or ()), *self.model.docs_files, *self.made, *SITE_FILES, *others})

    @cached_property
    def known(self) -> bool:
        """Whether no data is missing that would make further pages."""
        names = self.model.names
        return self.model.page_files is not None and all(names.get(kind) is not None for kind in _RECORDS)

    def has_anchor(self, path: str, anchor: str) -> bool:
        """Return whether a page has an anchor, or may have it."""
        return anchor.startswith(_MADE_BY_HOST) or (anchors := self.anchors(path)) is None or anchor in anchors

    def has_more(self, path: str) -> bool:
        """Return whether a macro adds anchors to a page that may go with the next version, so no link may use them."""
        page = self.pages.get(path)
        return page is not None and any(macro.unrecorded for name, *_ in page.blocks if (macro := MACROS.get(name)))

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return every anchor of a page; None where not all are known."""
        page = self.pages.get(path)
        if page:
            own = any(name not in MACROS for name, *_ in page.blocks)  # what the site's own code adds is not known
            return None if own else page.ids | anchors_of_page(self.model, page, self.context.rules)
        match self.made.get(path):
            case "packet", name if name in self.model.summaries:
                return anchors_of_packet(self.model, name)
            case "question", _:
                return anchors_of_answer()
            case "team", _:
                return anchors_of_team()
        return None


@site_rule
def page_link(context: Context) -> Iterator[Problem]:
    """A link or picture of a page in docs/ leads to a file that is there, by a path from the page itself, and to an
    anchor that the file keeps. What is refused depends on validation.links in mkdocs.yml, as in the build."""
    targets = _Targets(context)
    if not targets.known:
        return
    for entry in context.model.pages.values():
        for link in entry.value.links:
            if message := _wrong(link.target, entry.value, targets):
                yield Problem(Place(entry.document.path, link.line, link.column), "page-link", message)


def _wrong(target: str, page: GuidePage, targets: _Targets) -> str:
    """Return what is wrong with the target of a link, or an empty text."""
    refused = targets.model.host.refused_links
    try:
        scheme, netloc, path, _, anchor = urlsplit(target)
    except ValueError:
        return f"{in_quotes(target)} is no address"
    if scheme or netloc:
        return ""
    if target.startswith(("/", "\\")):
        return _absolute(path, page, targets) if "absolute_links" in refused else ""
    if not path:
        return _without_anchor(page.path, anchor, page, targets) if anchor and "anchors" in refused else ""
    path = unquote(path)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    if posixpath.normpath(path) == ".":
        file = page.path
    if file in targets.files:
        return _without_anchor(file, anchor, page, targets) if anchor and "anchors" in refused else ""
    if file.startswith(_ASSETS):
        return ""
    kind = "not_found" if posixpath.splitext(path)[1] else "unrecognized_links"
    return _missing(path, file, page, targets) if kind in refused else ""


def _absolute(path: str, page: GuidePage, targets: _Targets) -> str:
    meant = _file_at(unquote(path).strip("/"), targets)
    hint = (
        f"; write {in_quotes(_from(page, meant))}" if meant else "; write the path from this page, or the whole address"
    )
    return f"{in_quotes(path)} begins with a slash, and is left as it is{hint}"


def _missing(path: str, file: str, page: GuidePage, targets: _Targets) -> str:
    meant = _file_at(file, targets)
    if not meant and page.path.partition("/")[0] != page.path:
        meant = _file_at(posixpath.normpath(path.lstrip("./")), targets)
    if meant:
        return f"there is no file {in_quotes(path)}; write {in_quotes(_from(page, meant))}"
    near = did_you_mean(path, (_from(page, other) for other in targets.files))
    return f"there is no file {in_quotes(path)}{near}"


def _file_at(path: str, targets: _Targets) -> str:
    """Return the file that a path without its ending or an address means, or an empty text."""
    path = path.removesuffix("/")
    tries = (
        path,
        f"{path}.md",
        f"{path}/index.md",
        f"{path.removesuffix('.html')}.md",
        path.replace("/index.md", ".md"),
    )
    return next((each for each in tries if each in targets.files), "")


def _from(page: GuidePage, file: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(page.path) or ".")


def _without_anchor(file: str, anchor: str, page: GuidePage, targets: _Targets) -> str:
    if targets.has_anchor(file, anchor):
        return ""
    where = "this page" if file == page.path else file
    known = targets.anchors(file) or ()
    if targets.has_more(file):
        return f"{where} keeps no anchor {in_quotes(f'#{anchor}')}; link to the page, or to a section that it keeps"
    return f"{where} has no anchor {in_quotes(f'#{anchor}')}{did_you_mean(f'#{anchor}', map('#'.__add__, known))}"


@site_rule
def page_nav(context: Context) -> Iterator[Problem]:
    """The navigation in mkdocs.yml names files that are there, and every page of docs/ is in it. What is refused
    depends on validation.nav in mkdocs.yml, as in the build."""
    host, targets = context.model.host, _Targets(context)
    if host.nav is None or not targets.known:
        return
    for entry in host.nav:
        if message := _not_in_docs(entry, targets):
            yield Problem(entry.place, "page-nav", message)
    named = {entry.target for entry in host.nav}
    omitted = sorted((context.model.page_files or frozenset()) - named)
    for path in omitted if "omitted_files" in host.refused_nav and host.complete else ():
        yield Problem(
            Place(f"docs/{path}"), "page-nav", f"this page is not in nav; add it to {SETTINGS_FILE}: - {path}"
        )


def _not_in_docs(entry: NavEntry, targets: _Targets) -> str:
    refused, target = targets.model.host.refused_nav, entry.target
    parts = urlsplit(target)
    if parts.scheme and parts.scheme not in _NAV_SCHEMES:
        return f"expected a page, or an address that begins with https:, found {in_quotes(target)}"
    if parts.scheme or parts.netloc or target in targets.files or not targets.model.host.complete:
        return ""
    if target.startswith("/"):
        return f"{in_quotes(target)} begins with a slash" if "absolute_links" in refused else ""
    near = did_you_mean(target, targets.files)
    return f"there is no file {in_quotes(target)} in docs/{near}" if "not_found" in refused else ""


@site_rule
def page_fence(context: Context) -> Iterator[Problem]:
    """A fence of code that opens on a page of docs/ closes before its list item, quotation or page ends. Without an
    end, the page shows text where other readers of the same Markdown show code."""
    for entry in context.model.pages.values():
        for line in entry.value.open_fences:
            message = "this fence has no end: expected a line with the same marks after the code"
            yield Problem(Place(entry.document.path, line), "page-fence", message)
