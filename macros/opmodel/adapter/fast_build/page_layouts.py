"""The theme's layout around generated pages, rendered once with marks in the place of what differs between pages."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from jinja2 import Environment

from opmodel.adapter.generated_page import GeneratedPage, Sections
from opmodel.adapter.host import Files, MkDocsConfig, Navigation, get_context
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


class LayoutKey(NamedTuple):
    """What a layout depends on: the folder of its pages, their sections and scripts, and whether they have a title."""

    folder: str
    sections: Sections
    scripts: tuple[str, ...]
    has_title: bool


class PageLayouts:
    """The layouts of one build, each rendered when the first page needs it."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        self.config = config
        self.files = files
        self.nav = nav
        self.env = env
        self._layouts: dict[LayoutKey, PageLayout | None] = {}
        self._digests: dict[LayoutKey, Key] = {}
        self._keys: dict[LayoutKey, LayoutKey] = {}

    def render(self, page: GeneratedPage, context: dict[str, Any]) -> tuple[LayoutKey, str]:
        """Return the finished page, with the key of its layout.

        Args:
            page: A page with its content and sections, as after the host's own rendering.
            context: What the theme's templates print around its content.
        """
        content = page.content or ""
        folder = page.made.address.rstrip("/").rpartition("/")[0]
        key = LayoutKey(folder, page.made.sections, tuple(context["om_scripts"]), "<h1" in content)
        layout = self._layout(key, page)
        return key, layout.around(context["om_head"], content) if layout else self._run(page, context)

    def digest(self, key: LayoutKey, page: GeneratedPage) -> Key:
        """Return the digest of a layout, or an empty one where there is none; ``page`` is any page in its folder."""
        if key not in self._digests:
            layout = self._layout(key, page)
            self._digests[key] = digest(layout.before, layout.between, layout.after) if layout else ""
        return self._digests[key]

    def interned(self, key: LayoutKey) -> LayoutKey:
        """Return one object for equal keys, which a pickle holds once."""
        return self._keys.setdefault(key, key)

    def _layout(self, key: LayoutKey, page: GeneratedPage) -> PageLayout | None:
        """Return a layout, or None where the theme prints more of a page than a layout can hold."""
        if key not in self._layouts:
            self._layouts[key] = self._rendered(page, key) if key.has_title else None
        return self._layouts[key]

    def _rendered(self, page: GeneratedPage, key: LayoutKey) -> PageLayout | None:
        probe = GeneratedPage(replace(page.made, html="", sections=key.sections), page.file, self.config)
        probe.render(self.config, self.files)
        page.file.page = page  # a page makes itself that of its file
        probe.content, probe.title = _CONTENT, _OTHER
        probe.meta = {**probe.meta, "title": _OTHER, "description": _OTHER}
        html = self._run(probe, {"om_head": _HEAD, "om_scripts": list(key.scripts)})
        before, head, rest = html.partition(_HEAD)
        between, content, after = rest.partition(_CONTENT)
        if not head or not content or "\x02" in before + between + after:
            return None
        return PageLayout(before, between, after)

    def _run(self, page: GeneratedPage, values: dict[str, Any]) -> str:
        """Return what the host makes of a page, as its own loop would."""
        page.active = True
        context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        context.update(values)  # type: ignore[typeddict-item]  # a template may be given more than the host's own values
        html = self.env.get_template(_TEMPLATE).render(context)
        page.active = False
        finished: str = self.config.plugins.on_post_page(html, page=page, config=self.config)
        return finished
