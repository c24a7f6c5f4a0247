"""The MkDocs plugin: check first, then add pages and blocks to the host's build."""

import gc
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Literal

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from opmodel.cache import garbage_collection_paused

log = logging.getLogger("mkdocs.plugins.opmodel")
PACKAGE = Path(__file__).parents[1]


class OperatingModelConfig(Config):  # type: ignore[no-untyped-call]
    """How the site is built. What a site says of itself stands in ``data/site.yml``.

    ``previews: false`` leaves out the pictures that link previews show. ``short_way: false`` runs the theme's template
    for every page that is made from data, as the host does by itself: slower, and the same bytes. ``require_history``
    says whether a build fails where rules that need the history of version control do not have it; by default it does
    where the variable ``CI`` is set.
    """

    previews = config_options.Type(bool, default=True)
    short_way = config_options.Type(bool, default=True)
    require_history = config_options.Optional(config_options.Type(bool))


class OperatingModelPlugin(BasePlugin[OperatingModelConfig]):  # type: ignore[no-untyped-call]
    """Adds an operating model to a MkDocs site."""

    def __init__(self) -> None:
        self.serving = False
        self.whole_build = ExitStack()
        self.stamp = 0.0
        self.blocks: dict[str, dict[str, Any]] = {}
        """The blocks of each page, by its address and their marks."""
        self.core: ModuleType
        self.nav: Navigation
        self.root = Path()
        self.cache: Any = None
        self.live: Any = None
        self.lock: Any = None
        self.no_docs: TemporaryDirectory[str] | None = None
        self.look: Any = None
        self.site: Any

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, which must survive mistakes in the data."""
        self.serving = command == "serve"
        import_module("opmodel.environment").drop_unusable_date()
        if not self.serving:  # what a build makes stays until its end; a preview goes on for days
            self.whole_build.enter_context(garbage_collection_paused(keep=True))
        else:
            self.no_docs = TemporaryDirectory(prefix="opmodel_", ignore_cleanup_errors=True)
        self.stamp = _stamp() if self.serving else 0.0

    @event_priority(100)
    def _check_first(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the data. A build stops here on errors; a preview goes on and shows them."""
        self.blocks = {}
        self.core = self._core()
        root = Path(config.config_file_path).resolve().parent
        if not self.cache or self.root != root:  # the host keeps a plugin for the next site of the same process
            self.root, self.cache = root, self.core.site_cache(root)
        self.site = self.core.SiteBuild(
            root,
            self.cache,
            serving=self.serving,
            previews=self.config.previews,
            short_way=self.config.short_way,
            require_history=self.config.require_history,
        )
        for problem in self.site.checked.problems:
            click.echo(problem, err=True)
        if self.site.broken and not self.serving:
            raise PluginError(f"{self.site.summary}; nothing was built")
        self.site.configure(config, self.no_docs.name if self.no_docs else "")
        if hint := self.site.hint:
            log.info(hint)
        return config

    @event_priority(-100)
    def _use_sandbox(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take over the rendering of pages, once the macros plugin knows what the site declares."""
        self.site.use_sandbox(config)
        return config

    on_config = CombinedEvent(_check_first, _use_sandbox)

    def _core(self) -> ModuleType:
        """Return the module that uses the core; in a preview, read anew when the engine changed."""
        stamp = _stamp() if self.serving else 0.0
        if stamp != self.stamp:
            self.stamp = stamp
            self.cache = None  # what it holds was made by the engine as it was
            keep = {"opmodel", "opmodel.adapter", "opmodel.adapter.macros", "opmodel.adapter.live_preview", __name__}
            for name in [n for n in sys.modules if n.startswith("opmodel.") and n not in keep]:
                del sys.modules[name]
        return import_module("opmodel.adapter.site_build")

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep other builds out of the output folder, and pages of the last build, before the host empties it."""
        folder = import_module("opmodel.adapter.output_folder")
        folder.check_folder(Path(config.site_dir), self.root)
        self.lock = self.lock or folder.FolderLock()
        self.lock.take(Path(config.site_dir))
        self.site.set_aside(config)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Show a saved packet before the site around it is built, where that takes longer than a moment."""
        import_module("opmodel.adapter.host_files").watch_without_links(server, self.root)
        live = import_module("opmodel.adapter.live_preview")
        self.live = live.takes_over(server, config, lambda: self.site, builder)
        return server

    def on_shutdown(self) -> None:
        """Remove what only a preview needed, and let the process end without a look at all that it holds."""
        if self.live:
            self.live.close()
        if self.no_docs:
            self.no_docs.cleanup()
        gc.freeze()

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and files before any other plugin looks."""
        added: Files = self.site.files(files, config)
        return added

    def block_names(self) -> Iterable[str]:
        """Return the names of all macros."""
        names: Iterable[str] = self.core.BLOCKS
        return names

    def macro(self, name: str, env: Any) -> Callable[..., str]:
        """Return the macro ``name``: it leaves a mark in the Markdown that the block's HTML replaces later.

        Markdown never sees the HTML, so nothing in it can be taken for Markdown or for a template.
        """
        return partial(self._mark, name, env)

    def _mark(self, name: str, env: Any, *arguments: str) -> str:
        blocks = self.blocks.setdefault(env.page.url, {})
        key = f"opmodel-block-{len(blocks)}"
        blocks[key] = self.core.BLOCKS[name](self.site.checked, env.page.url, *arguments)
        return f'<div id="{key}"></div>'

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the navigation, which stands around every page."""
        self.nav = nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put each block where its mark stands, and add the day of the last review."""
        blocks = self.blocks.get(page.url, {})
        content: str = self.site.complete(html, blocks, page)
        return content

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Add what needs the text of every page, and write the generated pages, once all other plugins are done."""
        self.site.complete_files(files, config, self.blocks)
        self.site.publish(config, files, self.nav, env)

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand what a page's head says to the theme's templates, and hide large tables from the search plugin."""
        framed = self._with(context, self.site.page_context(page))
        self.look = self.core.search_index.SearchCapture(config, page)
        return framed

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put back what the search plugin was not to see."""
        self.look.end(page)
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Hand what the page for unknown addresses shows to its template, and every page to the sitemap."""
        if template_name == "404.html":
            return self._with(context, self.site.unknown(config))
        return self._with(context, self.site.listed(context)) if template_name == "sitemap.xml" else context

    def _with(self, context: TemplateContext, values: dict[str, Any]) -> TemplateContext:
        context.update(values)  # type: ignore[typeddict-item]  # a template may be given more than the host's own values
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Finish a page once its frame is around it."""
        finished: str = self.site.finish(output)
        return finished

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish a page that is made of a template alone, such as the one for unknown addresses."""
        finished: str = self.site.finish(output_content) if template_name.endswith(".html") else output_content
        return finished

    @event_priority(100)
    def _before_index(self, *, config: MkDocsConfig) -> None:
        """Complete the search index before the search plugin writes it."""
        self.site.improve_search(config)

    @event_priority(-100)
    def _at_the_end(self, *, config: MkDocsConfig) -> None:
        self.whole_build.close()
        self.lock.release()

    on_post_build = CombinedEvent(_before_index, _at_the_end)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing changed behind, and say in one line what a file system refused."""
        self.whole_build.close()
        if self.lock:
            self.lock.release()
        if isinstance(error, OSError):
            log.error(f"{import_module('opmodel.files.targets').said(error)}; the site is not complete")
            raise Abort("Aborted: a file could not be read or written") from None


def _stamp() -> float:
    """Return when the engine was last changed."""
    return max(file.stat().st_mtime for file in PACKAGE.rglob("*") if file.suffix in (".py", ".jinja"))
