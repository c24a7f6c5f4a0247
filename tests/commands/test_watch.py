"""``opmodel check --watch``, as a process of its own: it survives what authors do, and ends cleanly."""

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sites import commit, edit, good

WAITING = "Waiting for the next save; Ctrl-C ends."
TEAMS = "data/teams.yml"


class Session:
    """A running watch; ``answer`` returns everything that it printed for one save."""

    def __init__(self, site: Path) -> None:
        command = [sys.executable, "-u", "-m", "opmodel", "check", "--watch", "--as-of", "2026-11-22"]
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # or a child ignores what its parent ignores
        self.process = subprocess.Popen(
            command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        signal.signal(signal.SIGINT, before)
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def answer(self) -> list[str]:
        """Return the lines of one check, from its time on."""
        found: list[str] = []
        while WAITING not in found:
            found.append(self.lines.get(timeout=20))
        return found[:-1]

    def quiet(self, seconds: float) -> bool:
        """Whether nothing is printed for some time."""
        try:
            self.lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = good(tmp_path / "site")
    commit(site)
    return site


@pytest.fixture
def interrupts_ignored() -> Iterator[None]:
    """What a shell does for a script in the background: it ignores Ctrl-C, and so do the programs that it starts."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def session(site: Path) -> Iterator[Session]:
    running = Session(site)
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.mark.slow
def test_it_checks_again_on_save_and_prints_the_time(session: Session, site: Path) -> None:
    first = session.answer()
    assert re.fullmatch(r"── \d\d:\d\d:\d\d ──", first[0])
    assert first[1:] == ["2 packets checked: 0 errors, 0 warnings"]
    assert session.quiet(0.6)  # its own reading is no change

    edit(site, TEAMS, "escalates_to: finance", "escalates_to: finanec")
    assert session.answer()[1] == f'{TEAMS}:14:19: unknown team "finanec"; did you mean "finance"? (unknown-team)'

    edit(site, TEAMS, "escalates_to: finanec", "escalates_to: finance")
    assert session.answer()[-1] == "2 packets checked: 0 errors, 0 warnings"


@pytest.mark.slow
def test_it_survives_files_and_folders_that_come_and_go(session: Session, site: Path) -> None:
    session.answer()
    (site / TEAMS).write_bytes(b"\xff\x00 not text")
    assert any("file-encoding" in line for line in session.answer())

    shutil.move(site / "data", site.parent / "away")
    assert any("file-missing" in line for line in session.answer())

    shutil.copytree(site.parent / "away", site / "data")
    while not any("file-encoding" in line for line in session.answer()):
        pass

    replaced = site / "data" / ".teams.new"  # as editors save: a new file in the old one's place
    replaced.write_bytes((Path(__file__).parents[1] / "rules" / "good" / TEAMS).read_bytes())
    replaced.replace(site / TEAMS)
    while session.answer()[-1] != "2 packets checked: 0 errors, 0 warnings":
        pass


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
@pytest.mark.usefixtures("interrupts_ignored")
def test_it_ends_cleanly_with_ctrl_c(session: Session) -> None:
    session.answer()
    session.process.send_signal(signal.SIGINT)
    assert session.process.wait(timeout=20) == 0
    session.reader.join(timeout=20)
    assert list(session.lines.queue) == ["", "Stopped."]
