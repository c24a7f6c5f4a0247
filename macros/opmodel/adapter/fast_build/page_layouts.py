"""The frame that the theme puts around pages, run once with marks in the place of what differs from page to page."""

from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from opmodel.adapter.generated_page import GeneratedPage, Sections
from opmodel.cache import Key, digest

_HEAD, _CONTENT, _OTHER = "\x02head\x03", "<h1>\x02content\x03", "\x02other\x03"
"""Marks: control characters cannot stand in data. The heading is what a theme looks for before it adds its own."""
_TEMPLATE = "main.html"


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A finished page in three parts, between which its head and its content belong."""

    before: str
    between: str
    after: str

    def around(self, head: str, content: str) -> str:
        """Return the page."""
        return f"{self.before}{head}{self.between}{content}{self.after}"


LayoutKey = tuple[Any, ...]
"""What a layout depends on: the folder of its pages, their sections, their scripts, and whether they have a heading."""


class PageLayouts:
    """The layouts of one build, made as pages ask for them."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        self.config = config
        self.files = files
        self.nav = nav
        self.env = env
        self.made: dict[LayoutKey, PageLayout | None] = {}
        self.digests: dict[LayoutKey, Key] = {}
        self.same: dict[LayoutKey, LayoutKey] = {}
        self.last_key: LayoutKey = ()
        """The layout that the last page took."""

    def page(self, page: GeneratedPage, frame: dict[str, Any]) -> str:
        """Return the finished page; ``frame`` holds what the theme's templates print around its content.

        ``page`` has its content and sections, as after the host's own rendering.
        """
        content = page.content or ""
        self.last_key = self.layout_key(page, frame)
        layout = self.layout(self.last_key, page)
        return layout.around(frame["om_head"], content) if layout else self._run(page, frame)

    def layout_key(self, page: GeneratedPage, frame: dict[str, Any]) -> LayoutKey:
        """Return which layout a page takes."""
        folder = page.url.rstrip("/").rpartition("/")[0]
        return folder, page.made.sections, tuple(frame["om_scripts"]), "<h1" in (page.content or "")

    def layout(self, layout_key: LayoutKey, page: GeneratedPage) -> PageLayout | None:
        """Return a layout by its layout_key; ``page`` is any page that stands in its folder.

        None where the theme prints more of a page than a layout knows.
        """
        if layout_key not in self.made:
            _, sections, scripts, has_heading = layout_key
            self.made[layout_key] = self._layout(page, sections, scripts) if has_heading else None
        return self.made[layout_key]

    def digest(self, layout_key: LayoutKey, page: GeneratedPage) -> Key:
        """Return the digest of a layout, or an empty one where there is none."""
        if layout_key not in self.digests:
            layout = self.layout(layout_key, page)
            self.digests[layout_key] = digest(layout.before, layout.between, layout.after) if layout else ""
        return self.digests[layout_key]

    def _layout(self, page: GeneratedPage, sections: Sections, scripts: tuple[str, ...]) -> PageLayout | None:
        probe = GeneratedPage(replace(page.made, html="", sections=sections), page.file, self.config)
        probe.render(self.config, self.files)
        page.file.page = page  # a page makes itself that of its file
        probe.content, probe.title = _CONTENT, _OTHER
        probe.meta = {**probe.meta, "title": _OTHER, "description": _OTHER}
        html = self._run(probe, {"om_head": _HEAD, "om_scripts": list(scripts)})
        before, head, rest = html.partition(_HEAD)
        between, content, after = rest.partition(_CONTENT)
        if not head or not content or "\x02" in before + between + after:
            return None
        return PageLayout(before, between, after)

    def _run(self, page: GeneratedPage, frame: dict[str, Any]) -> str:
        """Return what the host makes of a page, as its own loop would."""
        page.active = True
        context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        context.update(frame)  # type: ignore[typeddict-item]  # a template may be given more than the host's own values
        html = self.env.get_template(_TEMPLATE).render(context)
        page.active = False
        finished: str = self.config.plugins.on_post_page(html, page=page, config=self.config)
        return finished
