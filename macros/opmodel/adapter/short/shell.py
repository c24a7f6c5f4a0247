"""The frame that the theme puts around pages, run once with marks in the place of what differs from page to page."""

from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from opmodel.adapter.page import GeneratedPage, Sections
from opmodel.cache import Key, digest

_HEAD, _CONTENT, _OTHER = "\x02head\x03", "<h1>\x02content\x03", "\x02other\x03"
"""Marks: control characters cannot stand in data. The heading is what a theme looks for before it adds its own."""
_TEMPLATE = "main.html"


@dataclass(frozen=True, slots=True)
class Shell:
    """A finished page in three parts, between which its head and its content belong."""

    before: str
    between: str
    after: str

    def around(self, head: str, content: str) -> str:
        """Return the page."""
        return f"{self.before}{head}{self.between}{content}{self.after}"


ShellId = tuple[Any, ...]
"""What a shell depends on: the folder of its pages, their sections, their scripts, and whether they have a heading."""


class Shells:
    """The shells of one build, made as pages ask for them."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        self.config = config
        self.files = files
        self.nav = nav
        self.env = env
        self.made: dict[ShellId, Shell | None] = {}
        self.digests: dict[ShellId, Key] = {}
        self.same: dict[ShellId, ShellId] = {}
        self.taken: ShellId = ()
        """The shell that the last page took."""

    def page(self, page: GeneratedPage, frame: dict[str, Any]) -> str:
        """Return the finished page; ``frame`` holds what the theme's templates print around its content.

        ``page`` has its content and sections, as after the host's own rendering.
        """
        content = page.content or ""
        self.taken = self.identity(page, frame)
        shell = self.shell(self.taken, page)
        return shell.around(frame["om_head"], content) if shell else self._run(page, frame)

    def identity(self, page: GeneratedPage, frame: dict[str, Any]) -> ShellId:
        """Return which shell a page takes."""
        folder = page.url.rstrip("/").rpartition("/")[0]
        return folder, page.made.sections, tuple(frame["om_scripts"]), "<h1" in (page.content or "")

    def shell(self, identity: ShellId, page: GeneratedPage) -> Shell | None:
        """Return a shell by its identity; ``page`` is any page that stands in its folder.

        None where the theme prints more of a page than a shell knows.
        """
        if identity not in self.made:
            _, sections, scripts, has_heading = identity
            self.made[identity] = self._shell(page, sections, scripts) if has_heading else None
        return self.made[identity]

    def digest(self, identity: ShellId, page: GeneratedPage) -> Key:
        """Return the digest of a shell, or an empty one where there is none."""
        if identity not in self.digests:
            shell = self.shell(identity, page)
            self.digests[identity] = digest(shell.before, shell.between, shell.after) if shell else ""
        return self.digests[identity]

    def _shell(self, page: GeneratedPage, sections: Sections, scripts: tuple[str, ...]) -> Shell | None:
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
        return Shell(before, between, after)

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
