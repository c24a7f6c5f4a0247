"""The MkDocs plugin: check first, then add pages and blocks to the host's build."""

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, cast
from weakref import WeakValueDictionary

import click
from jinja2 import Environment

from opmodel.adapter.host import (
    NAME,
    Abort,
    BasePlugin,
    CombinedEvent,
    Config,
    Files,
    LiveReloadServer,
    MkDocsConfig,
    Navigation,
    Page,
    PluginError,
    TemplateContext,
    config_options,
    event_priority,
    log,
)
from opmodel.cache import Cache, garbage_collection_paused
from opmodel.environment import FAULTY, ON_ERROR, is_offline

if TYPE_CHECKING:  # imported again when the engine changed
    from opmodel.adapter.live_preview import LivePreview
    from opmodel.adapter.output_folder import FolderLock
    from opmodel.adapter.search_capture import SearchCapture
    from opmodel.adapter.site_build import SiteBuild

PACKAGE = Path(__file__).parents[1]
Builder = Callable[..., None]
_CAPTURE = "om_search_capture"
"""The name in a page's context under which a search capture passes from one event to the next."""


class OperatingModelConfig(Config):  # type: ignore[no-untyped-call]
    """How the site is built. What a site says of itself stands in ``data/site.yml``.

    ``previews: false`` leaves out the pictures that link previews show. ``fast_build: false`` runs the theme's template
    for every page that is made from data, as the host does by itself: slower, and the same bytes; ``short_way`` is its
    former name. ``require_history`` says whether a build fails where rules that need the history of version control do
    not have it; by default it does where the variable ``CI`` is set. ``on_error`` says what a build does where a packet
    has errors: ``stop``, or ``publish`` the rest of the site with the last good version of that packet, and end with
    the exit code 3. The variable ``OPMODEL_ON_ERROR`` replaces it.
    """

    previews = config_options.Type(bool, default=True)
    fast_build = config_options.Type(bool, default=True)
    short_way = config_options.Type(bool, default=True)
    on_error = config_options.Choice(ON_ERROR, default=ON_ERROR[0])
    require_history = config_options.Optional(config_options.Type(bool))


class OperatingModelPlugin(BasePlugin[OperatingModelConfig]):  # type: ignore[no-untyped-call]
    """Adds an operating model to a MkDocs site.

    MkDocs has one plugin object for all builds of a preview, which renders a saved page of one build while it makes the
    next one. So everything that belongs to a build is in its :class:`SiteBuild`, which each event finds by the
    configuration that it gets. The engine is imported where it is needed, because a preview imports it again when one
    of its files changed.
    """

    def __init__(self) -> None:
        self.serving = False
        self.command = ""
        self.complete = False
        """Whether the last build was completed."""
        self.garbage_collection = ExitStack()
        self.engine_changed = 0.0
        self.root = Path()
        self.cache: Cache | None = None
        self.builds: WeakValueDictionary[int, SiteBuild] = WeakValueDictionary()
        """The builds that are in use, by the identity of their configuration."""
        self.latest: SiteBuild
        self.lock: FolderLock | None = None
        self.preview: LivePreview | None = None
        self.empty_docs: TemporaryDirectory[str] | None = None
        self.address_is_free = False
        """Whether the address of this preview was found to be free before its first build."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, which must survive mistakes in the data."""
        from opmodel.environment import drop_unusable_date, other_host

        if wanted := other_host(NAME):
            raise PluginError(f"OPMODEL_HOST asks for {wanted}, and this is {NAME}; run {wanted} {command}")
        self.command, self.serving = command, command == "serve"
        if warning := drop_unusable_date():
            click.echo(warning, err=True)
        if not self.serving:  # what a build makes stays until its end; a preview goes on for days
            self.garbage_collection.enter_context(garbage_collection_paused(keep=True))
        else:
            self.empty_docs = TemporaryDirectory(prefix="opmodel_", ignore_cleanup_errors=True)
        self.engine_changed = _engine_changed() if self.serving else 0.0

    @event_priority(100)
    def _check(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the data. A build stops here on errors; a preview goes on and shows them."""
        if self.serving and not self.address_is_free:
            self._check_address(config)
        self._reload_engine()
        from opmodel.adapter.site_build import SiteBuild, site_cache

        settings = Path(config.config_file_path).resolve()
        root = settings.parent
        if not self.cache or self.root != root:  # the host keeps a plugin for the next site of the same process
            self.root, self.cache = root, site_cache(root)
        offline = is_offline() and not self.serving
        if offline:
            config.use_directory_urls = False
        build = SiteBuild(
            config,
            root,
            self.cache,
            serving=self.serving,
            previews=self.config.previews and not offline,
            fast=self.config.fast_build and self.config.short_way,
            require_history=self.config.require_history,
            settings=settings.name,
            publish=self._publishes(),
            offline=offline,
        )
        self.latest = self.builds[id(config)] = build
        self.complete = False
        for problem in build.checked.problems:
            click.echo(problem, err=True)
        if build.broken and not self.serving:
            raise PluginError(f"{build.summary}; nothing was built")
        build.configure(self.empty_docs.name if self.empty_docs else "")
        if build.faulty and not self.serving:
            log.info(f"{build.faulty} with errors; the rest is published, and the exit code is {FAULTY}")
        if hint := build.hint:
            log.info(hint)
        return config

    def _check_address(self, config: MkDocsConfig) -> None:
        """Raise SystemExit, with one line printed, where nothing can be served at the address of a preview."""
        from opmodel.adapter.preview_address import why_not_served

        if refused := why_not_served(*config.dev_addr, NAME):
            click.echo(refused, err=True)
            raise SystemExit(1)
        self.address_is_free = True

    def _publishes(self) -> bool:
        """Return whether a packet with errors stops only itself."""
        from opmodel.environment import on_error

        try:
            return on_error(self.config.on_error) == "publish"
        except ValueError as error:
            raise PluginError(str(error)) from None

    @event_priority(-100)
    def _use_sandbox(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take over the rendering of pages, once the macros plugin knows what the site declares."""
        self.builds[id(config)].use_sandbox()
        return config

    on_config = CombinedEvent(_check, _use_sandbox)

    def _reload_engine(self) -> None:
        """In a preview, import the engine again if one of its files changed."""
        changed = _engine_changed() if self.serving else 0.0
        if changed == self.engine_changed:
            return
        self.engine_changed = changed
        self.cache = None  # its results are of the engine as it was
        keep = {"opmodel", "opmodel.adapter", "opmodel.adapter.macros", "opmodel.adapter.live_preview", __name__}
        for name in [name for name in sys.modules if name.startswith("opmodel.") and name not in keep]:
            del sys.modules[name]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep other builds out of the output folder, and pages of the last build, before the host empties it."""
        from opmodel.adapter.output_folder import FolderLock, check_folder, mark_folder

        check_folder(Path(config.site_dir), self.root)
        self.lock = self.lock or FolderLock()
        self.lock.take(Path(config.site_dir))
        mark_folder(Path(config.site_dir))
        self.builds[id(config)].set_aside()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Builder) -> LiveReloadServer:
        """Show a saved packet before the site around it is built, where that takes longer than a moment."""
        from opmodel.adapter.host_files import watch_without_links
        from opmodel.adapter.live_preview import start_live_preview

        self._check_address(config)  # the first build took its time, or was one that is served afterwards
        watch_without_links(server, self.root)
        self.preview = start_live_preview(server, config, lambda: self.latest, builder)
        return server

    def on_shutdown(self) -> None:
        """Remove what only a preview needed, and end the process without a search for garbage.

        Raises:
            SystemExit: The site was built, and a packet on it has errors.
        """
        if self.preview:
            self.preview.close()
        if self.empty_docs:
            self.empty_docs.cleanup()
        gc.freeze()
        if self.command == "build" and self.complete and self.latest.faulty and sys.exc_info()[0] is None:
            raise SystemExit(FAULTY)

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and files before any other plugin sees the list."""
        return self.builds[id(config)].files(files)

    def macro(self, name: str, env: Any) -> Callable[..., str]:
        """Return the macro ``name`` for ``env``, the macros plugin: it leaves a mark for its block on a page."""

        def mark(*arguments: str) -> str:
            return self.builds[id(env.conf)].blocks.add(name, env.page.url, *arguments)

        return mark

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the navigation, which is around every page."""
        self.builds[id(config)].nav = nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put each block where its mark is, and add the day of the last review."""
        return self.builds[id(config)].complete(html, page)

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Begin to write the generated pages, once all other plugins are done with the files."""
        self.builds[id(config)].begin_pages(files, env)

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Add what the theme's templates print around a page, and prepare it for the search plugin."""
        build = self.builds[id(config)]
        return _with(context, {**build.page_context(page), _CAPTURE: build.captured(page)})

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put back what was taken out of a page for the search plugin."""
        if capture := cast("dict[str, SearchCapture | None]", context)[_CAPTURE]:
            capture.end(page)
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Add what the page for unknown addresses prints, and every page to the sitemap."""
        return _with(context, self.builds[id(config)].template_context(template_name, context))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the site's policy to a page once the theme's template is around it."""
        return self.builds[id(config)].with_policy(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the site's policy to a page that is made of a template alone, such as the one for unknown addresses."""
        build = self.builds[id(config)]
        return build.with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(100)
    def _before_index(self, *, config: MkDocsConfig) -> None:
        """Complete the search index before the search plugin writes it."""
        self.builds[id(config)].finish()

    @event_priority(-100)
    def _at_the_end(self, *, config: MkDocsConfig) -> None:
        self.builds[id(config)].put_index_on_pages()
        self.builds[id(config)].check_finished()
        self.complete = True
        self._release()

    on_post_build = CombinedEvent(_before_index, _at_the_end)

    def on_build_error(self, *, error: Exception) -> None:
        """Release what a build holds, and report in one line what a file system refused."""
        from opmodel.files.targets import error_line

        self._release()
        if isinstance(error, OSError):
            log.error(f"{error_line(error)}; the site is not complete")
            raise Abort("Aborted: a file could not be read or written") from None

    def _release(self) -> None:
        self.garbage_collection.close()
        if self.lock:
            self.lock.release()


def _with(context: TemplateContext, values: dict[str, Any]) -> TemplateContext:
    context.update(values)  # type: ignore[typeddict-item]  # a template may be given more than the host's own values
    return context


def _engine_changed() -> float:
    """Return when the engine was last changed."""
    return max(file.stat().st_mtime for file in PACKAGE.rglob("*") if file.suffix in (".py", ".jinja"))
