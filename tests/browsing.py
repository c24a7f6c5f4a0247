"""Built sites as a browser sees them: one browser for all tests of a process, and one server for each site."""

import threading
import time
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from _typeshed import SupportsRead, SupportsWrite

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
ALONE = "alone"
SIZE = ViewportSize(width=1280, height=720)
"""How large a tab is until a test says otherwise."""
HEARD = ("console", "dialog", "download", "framenavigated", "pageerror", "request", "requestfailed", "response")
"""What tests listen to."""
PAUSE = 0.03
"""Seconds between two parts of a page: more than a frame of the browser."""
PATIENCE = 20
"""Seconds for threads to end."""


class Handler(SimpleHTTPRequestHandler):
    """Serves files under a path, and the site's page for unknown addresses everywhere else; pages may come in parts."""

    def __init__(self, *arguments: object, root: str, part: int = 0, **options: object) -> None:
        self.root = root
        self.part = part
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # handed on as they came

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.root))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def copyfile(self, source: "SupportsRead[AnyStr]", outputfile: "SupportsWrite[AnyStr]") -> None:
        if self.part and self.path.endswith("/"):
            while part := source.read(self.part):
                outputfile.write(part)
                time.sleep(PAUSE)
        else:
            super().copyfile(source, outputfile)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a served file is no news."""


class Browsing:
    """The browser and the servers of a test process; each is started when it is first asked for."""

    def __init__(self, chromium: str) -> None:
        self._chromium = chromium
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._contexts: dict[str, BrowserContext] = {}
        self._idle: dict[str, list[Page]] = {}
        self._used: list[tuple[str, Page]] = []
        self._changed: set[Page] = set()
        self._servers: dict[tuple[Path, str, int], ThreadingHTTPServer] = {}

    def browser(self) -> Browser:
        if self._browser is None:
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(executable_path=self._chromium, args=QUIET)
        return self._browser

    def open(self, clock: bool = False, alone: bool = False, **options: Any) -> Page:
        """Return an empty page in a context with these options of Playwright; ``clock`` puts its clock into our hands.

        A new context takes four times as long as a tab, and a page in a new tab twice as long as in one that was used.
        So pages with the same options share a context, and the files that were fetched before, and take over the tab of
        an earlier one. A page that is ``alone`` has its own context, and fetches everything. ``tidy`` empties them.
        """
        key = ALONE if alone else repr((clock, sorted(options.items())))
        if key not in self._contexts:
            self._contexts[key] = self.browser().new_context(reduced_motion="reduce", **options)
            if clock:
                self._contexts[key].clock.install()
            self._contexts[key].new_page()  # stays, or the browser would put everything away with the last page
        context, idle = self._contexts[key], self._idle.setdefault(key, [])
        page = idle.pop() if idle else context.new_page()
        page.set_viewport_size(SIZE)
        page.add_init_script = partial(self._add_script, page)  # type: ignore[assignment]  # to be told of it
        self._used.append((key, page))
        return page

    def _add_script(self, page: Page, script: str) -> None:
        """Let a script run on all pages of a tab, which no other test then takes over."""
        self._changed.add(page)
        Page.add_init_script(page, script)

    def tidy(self) -> None:
        """Empty all tabs, and forget what pages stored and what they were allowed to do."""
        for key, page in self._used:
            if key == ALONE or page.is_closed():
                continue
            self._leave(page)
            if page in self._changed:
                page.close()
            else:
                self._idle[key].append(page)
        self._used.clear()
        self._changed.clear()
        if ALONE in self._contexts:
            self._contexts.pop(ALONE).close()
            self._idle.pop(ALONE)
        for context in self._contexts.values():
            context.clear_cookies()
            context.clear_permissions()

    def _leave(self, page: Page) -> None:
        """Clear what the page of a tab has stored, and what a test has set, routed or listened to."""
        for event in HEARD:
            page._impl_obj.remove_all_listeners(event)  # the public way needs each listener
        page.unroute_all()
        where = urlsplit(page.url)
        if where.scheme == "http":
            everything = {"origin": f"http://{where.netloc}", "storageTypes": "all"}
            page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
            with suppress(Error):  # a page may be about to go elsewhere
                page.evaluate("sessionStorage.clear()")
        page.emulate_media(media="null", color_scheme="light")
        page.goto("about:blank")

    def serve(self, site: Path, root: str = "/", part: int = 0) -> str:
        """Return the address at which a built site is served; ``root`` is its path there.

        With a ``part``, pages arrive so many bytes at a time, as on a slow line.
        """
        key = (site, root, part)
        if key not in self._servers:
            handler = partial(Handler, directory=str(site), root=root, part=part)
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
            self._servers[key] = server
        return f"http://127.0.0.1:{self._servers[key].server_port}{root}"

    def stop(self) -> None:
        """Stop all of them and wait until their threads have ended; they start again when they are asked for."""
        if self._browser and self._playwright:
            self._browser.close()
            self._playwright.stop()
        self._playwright = self._browser = None
        self._contexts.clear()
        self._idle.clear()
        self._used.clear()
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        self._servers.clear()


def wait_for_one_thread() -> None:
    """Wait until no other thread of this process runs."""
    deadline = time.monotonic() + PATIENCE
    while threading.active_count() > 1:
        assert time.monotonic() < deadline, threading.enumerate()
        time.sleep(0.01)
