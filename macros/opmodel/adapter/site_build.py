"""One build of the site: what the events of the plugin do."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from opmodel.adapter import content_policy, search_index, theme_files
from opmodel.adapter.build_reports import report_lost_history, require_finished
from opmodel.adapter.error_pages import problem_pages
from opmodel.adapter.fast_build.external import BackgroundFiles, ExternalPage, external_page
from opmodel.adapter.fast_build.page_keys import PageKeys
from opmodel.adapter.fast_build.page_layouts import PageLayouts
from opmodel.adapter.fast_build.page_writer import PageWriter, RenderedPage
from opmodel.adapter.fast_build.previous_output import PreviousOutput
from opmodel.adapter.generated_page import (
    CompanionFile,
    GeneratedPage,
    PageContent,
    PageSource,
    add_block_sections,
    address_of,
    generated_page_file,
    ids_of,
    set_plain_title,
)
from opmodel.adapter.host import Files, MkDocsConfig, Navigation, Page, PluginError, TemplateContext
from opmodel.adapter.host_configuration import configure_host
from opmodel.adapter.host_files import readable_files, use_page_folders
from opmodel.adapter.macro_blocks import PageBlocks
from opmodel.adapter.macro_sandbox import use_sandbox
from opmodel.adapter.markdown_pages import markdown_files
from opmodel.adapter.page_context import PageContexts, last_changed
from opmodel.adapter.page_sources import packet_content, page_sources
from opmodel.adapter.progress import log_progress
from opmodel.adapter.search_capture import SearchCapture
from opmodel.adapter.site_files import generated_file, site_files
from opmodel.adapter.template_cache import cache_templates, cache_theme_templates
from opmodel.cache import Cache, Key
from opmodel.environment import on_ci, today
from opmodel.files.reading import SETTINGS_FILE
from opmodel.formats.markdown import markdown_environment
from opmodel.permalinks.addresses import packet
from opmodel.permalinks.page_form import page_file
from opmodel.publication.publish import with_saved_versions, with_shown_versions
from opmodel.rules.check import Checked, check, recheck
from opmodel.text.words import counted
from opmodel.views.blocks import feedback_links
from opmodel.views.render import html_environment, render
from opmodel.views.review_day import day_at_end
from opmodel.views.search_entries import SearchEntry
from opmodel.views.search_parts import is_in_parts


def site_cache(root: Path) -> Cache:
    """Return the cache of the site in ``root``, which logs progress while many packets are checked."""
    found = Cache.of(root)
    found.on_progress = partial(log_progress, "Packets checked")
    cache_templates(found, html=html_environment(), markdown=markdown_environment())
    return found


def _with_page_form(checked: Checked, *, directory_urls: bool, offline: bool) -> Checked:
    """Return a checked site whose pages have the addresses that the host gives them.

    In a copy for a disk, links have another form than the addresses that were published.
    """
    host = checked.model.host
    host = replace(host, offline=True) if offline else replace(host, directory_urls=directory_urls)
    if host == checked.model.host:
        return checked
    return replace(checked, model=replace(checked.model, host=host))


class SiteBuild:
    """The checked data of one build, and how it becomes the host's files and pages.

    Args:
        config: The host's configuration of this build.
        root: The folder of the site.
        cache: Results of earlier builds.
        serving: Whether this is a preview, which shows errors in the place of pages.
        previews: Whether pages get pictures for link previews.
        fast: Whether generated pages are written without the host's loop over pages.
        require_history: Whether a missing history is an error; by default, it is one on CI.
        settings: The file of the host's settings, from ``root``.
        publish: Whether a packet with errors is replaced by its last good version instead of stopping the build.
        offline: Whether the site is to open from a disk, without a server.
    """

    nav: Navigation

    def __init__(
        self,
        config: MkDocsConfig,
        root: Path,
        cache: Cache,
        *,
        serving: bool,
        previews: bool = True,
        fast: bool = True,
        require_history: bool | None = None,
        settings: str = SETTINGS_FILE,
        publish: bool = False,
        offline: bool = False,
    ) -> None:
        self.began = time.monotonic()
        self.seconds = 0.0
        """From the check to the last file; 0 until the build is complete."""
        self.config = config
        self.root = root
        self.cache = cache
        self.serving = serving
        self.offline = offline
        self.history_required = on_ci() if require_history is None else require_history
        checked = check(root, today(), cache, require_history=self.history_required, settings=settings)
        self.history_lost = bool(checked.history.missing or checked.history.unanswered)
        """Whether the check has said already that there is no whole history."""
        checked = with_shown_versions(checked, cache, as_saved=serving) if serving or publish else checked
        self.checked = _with_page_form(checked, directory_urls=config.use_directory_urls, offline=offline)
        self.fast = fast and not self.broken
        self.blocks = PageBlocks(self.checked)
        self.entries: list[SearchEntry] = []
        self.external_pages: list[ExternalPage] = []
        self.writer: PageWriter | None = None
        self.docs_pages: list[str] = []
        """The addresses of the pages that the host makes."""
        self.previous_output: PreviousOutput | None = None
        self.background_files: BackgroundFiles | None = None
        self.contexts = None if self.broken else PageContexts(self.checked, root, previews=previews)

    @property
    def broken(self) -> bool:
        """Whether the data has errors that keep the site from being built."""
        return bool(self.checked.stopping)

    @property
    def faulty(self) -> str:
        """How many packets are published in spite of errors, in words; empty if there are none."""
        return counted(len(self.checked.faulty_packets), "packet") if self.checked.faulty_packets else ""

    @property
    def summary(self) -> str:
        """How many errors keep the site from being built, in words."""
        return counted(len(self.checked.stopping), "error")

    @property
    def hint(self) -> str:
        """What to do about addresses that are published for the first time, or an empty text."""
        new = self.checked.unrecorded_addresses if not self.broken and not self.serving else 0
        return f"{counted(new, 'new address', 'new addresses')} to record: opmodel permalinks --accept" if new else ""

    def configure(self, empty_docs: str) -> None:
        """Complete the host's configuration; a preview may get the folder ``empty_docs`` in place of ``docs/``."""
        configure_host(self.config, self.root, self.checked, empty_docs if self.serving else None)

    def use_sandbox(self) -> None:
        """Let pages call macros, and nothing else of what the host offers."""
        if macros := self.config.plugins.get("macros"):
            use_sandbox(macros, self.checked.model.page_syntax)

    def set_aside(self) -> None:
        """Keep pages of the previous build for this one, before the host removes them."""
        previous = PreviousOutput(Path(self.config.site_dir), self.cache)
        previous.clear()
        if self.fast:
            previous.set_aside()
            self.previous_output = previous

    def share(self, shown: Path, other: Path) -> None:
        """Let the first build into another folder reuse the pages of the one that is shown."""
        if self.fast:
            PreviousOutput(shown, self.cache).share(other)

    def files(self, files: Files) -> Files:
        """Return the host's files with everything that is made from data; in a broken preview, only the problems.

        Raises PluginError, with a line for each, when the host lists files that may not be read.
        """
        files, refused = readable_files(files, self.config, self.root)
        if refused and not self.broken:
            raise PluginError("\n".join(map(str, refused)))
        use_page_folders(files)
        if self.broken:
            return self._with_assets(problem_pages(self.checked, files, self.config))
        for source in page_sources(self.checked):
            self._add_page(source, files)
        sources = site_files(self.checked, self.cache)
        if self.fast:
            self.background_files = BackgroundFiles(self.config, files, sources)
        else:
            self._add(files, ((address, make()) for address, make in sources))
        for file in self.contexts.files(self.config) if self.contexts else ():
            files.append(file)
        return self._with_assets(files)

    def _add_page(self, source: PageSource, files: Files) -> None:
        if self.fast:
            self.external_pages.append(external_page(source, self.config))
            files.append(self.external_pages[-1].file)
            return
        content = source.make()
        files.append(generated_page_file(content, self.config))
        self._add(files, self._companions(content))
        self.entries += content.entries

    def _add(self, files: Files, added: Iterable[CompanionFile]) -> None:
        for address, content in added:
            files.append(generated_file(self.config, address, content))

    def _with_assets(self, files: Files) -> Files:
        if self.offline:
            search_index.put_on_pages(files, self.config)
        else:
            search_index.replace_worker(files, self.config)
        for file in theme_files.asset_files(self.config, self.checked.model.host.brand):
            files.append(file)
        return files

    def _companions(self, content: PageContent) -> Iterator[CompanionFile]:
        """Yield the files beside a page; a preview shows the page alone."""
        if not self.serving:
            yield from content.companions()
        if self.contexts:
            yield from self.contexts.pictures(content.address)

    def begin_pages(self, files: Files, env: Environment) -> None:
        """Add what needs the text of every page, and begin to write the generated pages."""
        self.docs_pages = [address_of(file.page) for file in files.documentation_pages() if file.page]
        if not self.serving:
            self._add_markdown(files)
        cache_theme_templates(self.cache, env)
        if self.external_pages:
            layouts = PageLayouts(self.config, files, self.nav, env)
            self.writer = PageWriter(
                self.external_pages, layouts, self._render, self._keys(), self.previous_output, self.checked.history
            )

    def _add_markdown(self, files: Files) -> None:
        """Add the Markdown of every page of ``docs/``, and the day on which each page changed."""
        for page in [*(file.page for file in files.documentation_pages()), *self.external_pages]:
            if page:
                page.update_date = last_changed(self.checked, page)
        self._add(files, list(markdown_files(self.checked, files, self.blocks.in_markdown)))

    def _render(self, page: ExternalPage, content: PageContent, layouts: PageLayouts) -> RenderedPage:
        page.fill(content)
        page.content = self.complete(content.html, page)
        if not self.serving:
            page.update_date = last_changed(self.checked, page)
        layout, html = layouts.render(page, self.page_context(page))
        return RenderedPage(layout, html, self._companions(content))

    def _keys(self) -> dict[str, Key]:
        """Return the key of each page that may be reused, by address."""
        if not self.previous_output:
            return {}
        host = self.checked.model.host
        forms = (host.directory_urls, host.offline)
        previews = self.contexts and self.contexts.previews
        pictures, parted = previews.fonts.key if previews else "", is_in_parts(self.checked.model)
        return PageKeys(self.checked, self.root, self.serving, pictures, parted, host.brand, *forms).all()

    def saved(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield (path, HTML) of the page of each packet, as its file and its sign-offs are now.

        Nothing is yielded where this build shows no version of a packet, or where there is no site to show it in.
        """
        pages = {page.source.address: page for page in self.external_pages}
        known = [name for name in names if packet(name) in pages and name in self.checked.model.summaries]
        if not self.writer or not known:
            return
        checked = with_saved_versions(recheck(self.checked, known))
        for name in known:
            page = pages[packet(name)]
            content = packet_content(checked, name)
            yield page_file(page.source.address), self._render(page, content, self.writer.layouts).html

    def lacks(self, names: Iterable[str]) -> bool:
        """Whether the page of one of these packets shows nothing but errors."""
        shown = self.checked.model.summaries
        return any(self.broken or (name in self.checked.faulty_packets and name not in shown) for name in names)

    def page_context(self, page: Page) -> dict[str, Any]:
        """Return what the theme's templates print around a page; nothing in a broken preview."""
        return {**self.contexts.of(page), "om_offline": self.offline} if self.contexts else {}

    def template_context(self, template: str, context: TemplateContext) -> dict[str, Any]:
        """Return what a template that is no page prints: the sitemap lists every page, 404.html the nearest ones."""
        if template == "sitemap.xml":
            return {"pages": [*context["pages"], *(page.file for page in self.external_pages)]}
        return self.contexts.unknown(self.config) if self.contexts and template == "404.html" else {}

    def captured(self, page: Page) -> SearchCapture | None:
        """Prepare a page for the search plugin; a generated page has its entries from its view."""
        return None if isinstance(page, GeneratedPage) else SearchCapture(self.config, page)

    def finish(self) -> None:
        """Wait for all pages and files, and complete the search index with the entries of the generated pages.

        Raises:
            PluginError: Git failed while pages were made, and a whole history is required.
        """
        if self.writer:
            self.entries += self.writer.finish()
        if self.background_files:
            self.background_files.finish()
        lost = (self.writer.lost if self.writer else "") or str(self.checked.history.unanswered or "")
        if lost and not self.history_lost:
            report_lost_history(lost, required=self.history_required)
        if not self.broken:
            search_index.complete_index(self.config, self.checked.model, self.entries, preview=self.serving)
        self.seconds = time.monotonic() - self.began

    def check_finished(self) -> None:
        """Look at the finished site: every page that the host made, and one of each folder of generated pages."""
        if not self.serving and not self.broken:
            generated = (page.source.address for page in self.external_pages)
            require_finished(self.config, self.checked.model, self.docs_pages, generated)

    def complete(self, html: str, page: Page) -> str:
        """Return a page's HTML with its blocks in place of their marks and the day of its last review at the end."""
        left = self.contexts.left(page) if self.contexts else ""
        if isinstance(page, GeneratedPage):
            return str(html) + left  # plain text on both sides, as below
        set_plain_title(page)
        html, used = self.blocks.in_html(page.url, html)
        page.present_anchor_ids = (page.present_anchor_ids or set()).union(*map(ids_of, used))
        html += left
        if used:
            add_block_sections(page, html)
        model, address = self.checked.model, address_of(page)
        reviewed, feedback = day_at_end(model, address), feedback_links(model, str(page.title), address)
        # plain text on both sides: Markup would escape the page that it is added to
        return html + str(render("reviewed.html.jinja", page.url, reviewed=reviewed, feedback=feedback))

    def with_policy(self, html: str) -> str:
        """Return a finished page with the site's policy; a preview does without, as the host adds a script to it."""
        return html if self.serving else content_policy.with_policy(html, offline=self.offline)

    def put_index_on_pages(self) -> None:
        """In a copy for a disk, let a script hold the search index, once the search plugin has written it."""
        if self.offline:
            search_index.index_as_script(self.config)
