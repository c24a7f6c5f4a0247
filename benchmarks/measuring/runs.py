"""Runs a command as a process of its own and says what it cost."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
_EVERY = 0.05
"""Seconds between two looks at the memory."""


class Failed(Exception):
    """A measured command that ended with an error; the text is what it printed last."""


@dataclass(frozen=True)
class Cost:
    """What a run of a command cost: seconds on the clock, and seconds of work of all its processes together."""

    seconds: float
    work: float


def run(command: Sequence[str | Path], folder: Path, fails: bool = False) -> Cost:
    """Run a command in a folder and return what it cost, from its start to its end.

    Raises Failed when it ends with another code than 0, or than 1 where it is expected to fail.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 the commands of this folder
            [str(part) for part in command],
            cwd=folder,
            env=environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != int(fails):
            output.seek(0)
            raise Failed(f"{command[0]} ended with code {process.returncode}\n{output.read().decode()[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str | Path], folder: Path) -> float:
    """Run a command and return the most MiB that all its processes had together, each shared page counted once.

    Where the system has no /proc, it is the largest process alone.
    """
    return run_watched(command, folder)[1]


def run_watched(command: Sequence[str | Path], folder: Path) -> tuple[Cost, float]:
    """Run a command and return what it cost, with the MiB of `peak_memory`. Looking takes a little time of its own."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 the commands of this folder
            [str(part) for part in command],
            cwd=folder,
            env=environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        seen = [0.0]
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, seen, ended))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise Failed(f"{command[0]} ended with code {process.returncode}\n{output.read().decode()[-2000:]}")
    alone = usage.ru_maxrss / (1024 if sys.platform.startswith("linux") else MIB)  # counts what started it as well
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime), max(seen) or alone


def _watch(session: int, seen: list[float], ended: threading.Event) -> None:
    while not ended.wait(_EVERY):
        seen.append(sum(_proportional(pid) for pid in _members(session)))


def _members(session: int) -> list[str]:
    """Return the ids of the processes in a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == session:
            found.append(folder.name)
    return found


def _proportional(pid: str) -> float:
    """Return the MiB of a process, where a page that is shared by n processes counts as 1/n."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of commands that are measured in a folder: no notices, no reports to anyone.

    What this project remembers stands in that folder, so that a cold run can be made by removing it.
    """
    quiet = {"NO_MKDOCS_2_WARNING": "1", "NO_UPDATE_NOTIFIER": "1", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **quiet, "OPMODEL_CACHE": str(folder.resolve() / ".cache" / "memory")}
