"""Measures the time from saving a file to its page served anew by a builder's preview."""

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from measuring.runs import Failed, environment

PATIENCE = 180.0
"""Seconds after which a preview counts as one that does not answer."""
_EVERY = 0.01
_PAUSE = 2.0
"""Seconds before each change: a preview answers before it watches, and tidies up after it has answered."""


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(command: Sequence[str | Path], folder: Path) -> Iterator[Callable[[], None]]:
    """Run a preview while the block runs; gives a function that raises Failed once the preview has ended."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 the commands of this folder
            [str(part) for part in command],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

        def still_runs() -> None:
            if process.poll() is not None:
                output.seek(0)
                raise Failed(f"{command[0]} ended early\n{output.read().decode()[-2000:]}")

        try:
            yield still_runs
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def settle() -> None:
    """Give a preview the time that an author takes before the next change."""
    time.sleep(_PAUSE)


def until_served(port: int, page: str, text: str, still_runs: Callable[[], None]) -> float:
    """Ask for a page until the answer holds ``text``; return the seconds that it took."""
    start = time.perf_counter()
    while text not in _get(port, page):
        still_runs()
        if time.perf_counter() - start > PATIENCE:
            raise Failed(f"/{page} did not show {text!r} within {PATIENCE:.0f} seconds")
        time.sleep(_EVERY)
    return time.perf_counter() - start


def _get(port: int, page: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/{page}")
        return connection.getresponse().read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
