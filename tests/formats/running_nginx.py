"""A running nginx with one of the recipes, of which only places and the port are changed."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import sites


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """Let a redirect be an answer like any other."""


class Server:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(_Stay)

    def get(self, path: str, **headers: str) -> tuple[int, Message]:
        request = urllib.request.Request(self.root + path, headers=headers)  # noqa: S310 a server of our own
        try:
            with self.opener.open(request, timeout=10) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(nginx: str, folder: Path, recipe: str, changes: Mapping[str, str]) -> Iterator[Server]:
    """Serve with ``publish/<recipe>`` from ``folder``; ``changes`` replace what stands in the recipe."""
    port = free_port()
    for name in (recipe, "nginx-common.conf"):
        text = (sites.SHIPPED / "publish" / name).read_text(encoding="utf-8").replace("/tmp/", f"{folder}/")  # noqa: S108
        (folder / name).write_text(text, encoding="utf-8")
    for old, new in {**changes, "listen 8080": f"listen 127.0.0.1:{port}"}.items():
        sites.edit(folder, recipe, old, new)
    command = start(nginx, folder / recipe)
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    user = "" if os.geteuid() else "user root;"  # or its workers could not read this test's files
    with subprocess.Popen([*command, "-g", f"daemon off; {user}"], stdout=subprocess.DEVNULL) as process:
        wait(port)
        yield Server(port)
        process.terminate()


def start(nginx: str, recipe: Path) -> list[str]:
    """Return the command that starts nginx with a recipe."""
    return [nginx, "-p", str(recipe.parent), "-c", str(recipe)]


def wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")
