"""One build of the site: what the plugin does, with the core at hand."""

import re
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from opmodel.adapter import content_policy, search_index, theme_files
from opmodel.adapter.error_pages import problem_content, problem_pages
from opmodel.adapter.fast_build.background_files import BackgroundFiles
from opmodel.adapter.fast_build.external import ExternalFile, ExternalPage, external_page_file
from opmodel.adapter.fast_build.page_keys import PageKeys
from opmodel.adapter.fast_build.page_layouts import PageLayouts
from opmodel.adapter.fast_build.page_writer import PageWriter
from opmodel.adapter.fast_build.previous_output import PreviousOutput
from opmodel.adapter.generated_page import (
    CompanionFile,
    GeneratedPage,
    PageContent,
    add_block_sections,
    generated_page_file,
    ids_of,
    set_plain_title,
)
from opmodel.adapter.host_files import docs_unreadable, readable_files
from opmodel.adapter.last_changed import last_changed
from opmodel.adapter.macro_blocks import BLOCKS, MacroBlock
from opmodel.adapter.macro_sandbox import use_sandbox
from opmodel.adapter.markdown_pages import markdown_files
from opmodel.adapter.markdown_tables import MarkdownTables
from opmodel.adapter.page_context import PageContexts
from opmodel.adapter.page_sources import packet_content
from opmodel.adapter.page_sources import page_sources as made_pages
from opmodel.adapter.progress import log_progress
from opmodel.adapter.site_files import generated_file
from opmodel.adapter.site_files import site_files as made_files
from opmodel.adapter.template_cache import cache_templates, cache_theme_templates
from opmodel.cache import Cache, Key
from opmodel.environment import on_ci, today
from opmodel.formats.markdown import markdown_environment
from opmodel.permalinks.addresses import packet
from opmodel.rules.check import check, recheck
from opmodel.text.words import counted, day
from opmodel.views.render import html_environment, render
from opmodel.views.search_entries import SearchEntry
from opmodel.views.search_parts import is_in_parts

__all__ = ["BLOCKS", "SiteBuild", "site_cache"]

PACKAGE = Path(__file__).parents[1]
_MARK = re.compile(r'<div id="(opmodel-block-\d+)"></div>')


def site_cache(root: Path) -> Cache:
    """Return the cache of the site in ``root``, which logs progress while many packets are checked."""
    found = Cache.of(root)
    found.on_progress = partial(log_progress, "Packets checked")
    cache_templates(found, html=html_environment(), markdown=markdown_environment())
    return found


class SiteBuild:
    """The checked data of one build, and how it becomes the host's files and pages."""

    def __init__(
        self,
        root: Path,
        cache: Cache,
        *,
        serving: bool,
        previews: bool = True,
        short_way: bool = True,
        require_history: bool | None = None,
    ) -> None:
        self.began = time.monotonic()
        self.took = 0.0
        """Seconds from the check to the last file; nothing while they are not known."""
        self.root = root
        self.cache = cache
        self.serving = serving
        self.short_way = short_way
        required = on_ci() if require_history is None else require_history
        self.checked = check(root, today(), cache, require_history=required)
        self.entries: list[SearchEntry] = []
        self.external_files: list[ExternalFile] = []
        self.pages: PageWriter | None = None
        self.previous_output: PreviousOutput | None = None
        self.background_files: BackgroundFiles | None = None
        self.contexts = None if self.broken else PageContexts(self.checked, root, previews=previews)

    @property
    def broken(self) -> bool:
        """Whether the data has errors, so that no page may be built from it."""
        return bool(self.checked.errors)

    @property
    def summary(self) -> str:
        """How many errors there are, in words."""
        return counted(len(self.checked.errors), "error")

    @property
    def hint(self) -> str:
        """What to do about addresses that are published for the first time, or an empty text."""
        new = self.checked.unrecorded_addresses if not self.broken and not self.serving else 0
        return f"{counted(new, 'new address', 'new addresses')} to record: opmodel permalinks --accept" if new else ""

    def configure(self, config: MkDocsConfig, no_docs: str) -> None:
        """Hand the site's own settings, the theme's additions and the folders to watch to the host.

        A preview with something in ``docs/`` that may not be read gets the empty folder ``no_docs`` in its place.
        """
        if site := self.checked.model.site:
            # the theme's templates print both as they are, so they must be HTML before
            config.site_name = escape(site.value.name)
            config.site_description = escape(site.value.description)
            if not self.serving:
                config.site_url = site.value.address.rstrip("/") + "/"
        theme_files.add_to_theme(config)
        config.markdown_extensions.append(MarkdownTables())
        config.watch.append(str(self.root / "data"))
        if self.serving:
            config.watch += [str(self.root / "docs"), str(PACKAGE)]
            if docs_unreadable(self.checked.problems):
                config.docs_dir = no_docs
        macros: Any = config.plugins.get("macros")
        if macros:  # a mistake in a page ends a build and is shown in a preview
            macros.config["on_error_fail"] = not self.serving

    def use_sandbox(self, config: MkDocsConfig) -> None:
        """Let pages call macros, and nothing else of what the host offers."""
        if macros := config.plugins.get("macros"):
            use_sandbox(macros, self.checked.model.page_syntax)

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the host's files with everything that is made from data; in a broken preview, only the problems.

        Raises PluginError, with a line for each, when the host lists files that may not be read.
        """
        files, refused = readable_files(files, config, self.root)
        if refused and not self.broken:
            raise PluginError("\n".join(map(str, refused)))
        if self.broken:
            return self._with_assets(problem_pages(self.checked, files, config), config)
        for source in made_pages(self.checked):
            if self.short_way:
                self.external_files.append(external_page_file(source, config))
                files.append(self.external_files[-1])
            else:
                self._take(source.make(), files, config)
        made = made_files(self.checked, self.cache)
        if self.short_way:
            self.background_files = BackgroundFiles(config, files, made)
        else:
            for address, make in made:
                files.append(generated_file(config, address, make()))
        for file in self.contexts.files(config) if self.contexts else ():
            files.append(file)
        return self._with_assets(files, config)

    def _take(self, content: PageContent, files: Files, config: MkDocsConfig) -> None:
        """Hand a page, with the files beside it, to the host."""
        files.append(generated_page_file(content, config))
        for address, made in self._companions(content):
            files.append(generated_file(config, address, made))
        self.entries += content.entries

    def _companions(self, content: PageContent) -> Iterator[CompanionFile]:
        """Yield the files beside a page; a preview shows the page alone."""
        if not self.serving:
            yield from content.companions()
        if self.contexts:
            yield from self.contexts.pictures(content.address)

    def set_aside(self, config: MkDocsConfig) -> None:
        """Keep pages of the last build for this one, before the host removes them."""
        previous = PreviousOutput(Path(config.site_dir), self.cache)
        previous.clear()
        if self.short_way and not self.broken:
            previous.set_aside()
            self.previous_output = previous

    def share(self, shown: Path, other: Path) -> None:
        """Let the first build into another folder keep the pages of the one that is shown."""
        if self.short_way and not self.broken:
            PreviousOutput(shown, self.cache).share(other)

    def publish(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        """Begin to write the pages that go the short way, and what is beside them."""
        cache_theme_templates(self.cache, env)
        if self.external_files:
            layouts = PageLayouts(config, files, nav, env)
            self.pages = PageWriter(self.external_files, layouts, self._finished, self._keys(), self.previous_output)

    def _finished(self, page: ExternalPage, content: PageContent, layouts: PageLayouts) -> Iterator[CompanionFile]:
        """Yield the finished page and the files beside it."""
        page.filled(content)
        page.content = self.complete(content.html, {}, page)
        page.update_date = last_changed(self.checked, page) if not self.serving else page.update_date
        yield f"{content.address}index.html", layouts.page(page, self.page_context(page))
        yield from self._companions(content)

    def saved(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield (path, HTML) of the page of each packet, as its file and its sign-offs stand now.

        Nothing is yielded where a packet is new, or where there is no site to show it in.
        """
        if self.broken or not self.pages:
            return
        checked = recheck(self.checked, names)
        for name in names:
            page = next((each.page for each in self.external_files if each.url == packet(name)), None)
            if not isinstance(page, ExternalPage):
                continue
            mine = [problem for problem in checked.errors if PurePosixPath(problem.place.path).stem == name]
            content = problem_content(packet(name), mine) if mine else packet_content(checked, name)
            path, html = next(self._finished(page, content, self.pages.layouts))
            yield path, str(html)

    def _keys(self) -> dict[str, Key]:
        """Return the key of each page that may be carried over, by address."""
        if not self.previous_output:
            return {}
        pictures, parted = bool(self.contexts and self.contexts.previews), is_in_parts(self.checked.model)
        return PageKeys(self.checked, self.root, self.serving, pictures, parted).all()

    def page_context(self, page: Page) -> dict[str, Any]:
        """Return what the theme's templates print around a page; a broken preview has nothing to say."""
        return self.contexts.of(page) if self.contexts else {}

    def listed(self, context: TemplateContext) -> dict[str, Any]:
        """Return what the sitemap lists: the host's pages and those that are written elsewhere."""
        return {"pages": [*context["pages"], *self.external_files]}

    def unknown(self, config: MkDocsConfig) -> dict[str, Any]:
        """Return what the page for unknown addresses prints."""
        return self.contexts.unknown(config) if self.contexts else {}

    def _with_assets(self, files: Files, config: MkDocsConfig) -> Files:
        search_index.replace_worker(files, config)
        for file in theme_files.asset_files(config):
            files.append(file)
        return files

    def improve_search(self, config: MkDocsConfig) -> None:
        """Complete the search index with the entries of the generated pages."""
        if self.pages:
            for entries in self.pages.finished():
                self.entries += entries
        if self.background_files:
            self.background_files.bring()
        if not self.broken:
            search_index.complete_index(config, self.checked.model, self.entries, preview=self.serving)
        self.took = time.monotonic() - self.began

    def complete_files(self, files: Files, config: MkDocsConfig, blocks: dict[str, dict[str, MacroBlock]]) -> None:
        """Add the Markdown of every page, and say when each page changed; a preview has no need of either."""
        if self.serving:
            return
        for file in [*files.documentation_pages(), *self.external_files]:
            if file.page:
                file.page.update_date = last_changed(self.checked, file.page)

        def filled(page: str, text: str) -> str:
            return _MARK.sub(lambda mark: blocks[page][mark[1]].markdown(page, self.checked.model), text)

        for address, text in list(markdown_files(self.checked, files, filled)):
            files.append(generated_file(config, address, text))

    def complete(self, html: str, blocks: dict[str, MacroBlock], page: Page) -> str:
        """Return a page's HTML with its blocks in place of their marks and the day of its last review at the end."""
        left = self.contexts.left(page) if self.contexts else ""
        if isinstance(page, GeneratedPage):
            return str(html) + left  # plain text on both sides, as below
        set_plain_title(page)
        used = {key: blocks[key].html(page.url) for key in _MARK.findall(html) if key in blocks}
        html = _MARK.sub(lambda mark: used.get(mark[1], ""), html)
        page.present_anchor_ids = (page.present_anchor_ids or set()).union(*map(ids_of, used.values()))
        html += left
        if used:
            add_block_sections(page, html)
        reviewed = page.meta.get("reviewed")
        # plain text on both sides: Markup would escape the page that it is added to
        return html + str(render("reviewed.html.jinja", page.url, reviewed=day(reviewed))) if reviewed else html

    def finish(self, html: str) -> str:
        """Return a finished page with the site's policy; a preview does without, as the host adds a script to it."""
        return html if self.serving else content_policy.with_policy(html)
