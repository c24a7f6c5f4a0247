"""The generated site that is measured: its commands, its cold state, and the one change that an author makes."""

import re
import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from made.site import make_site

BIN = Path(sys.executable).parent
BUILD = (BIN / "mkdocs", "build", "--strict")
CHECK = (BIN / "opmodel", "check")
KEPT = "previews"
"""The folder in .cache that a cold build keeps: preview pictures are drawn once for good."""


@dataclass
class Subject:
    """A generated site and the packet in it that is changed."""

    folder: Path
    packet: str
    changes: int = 0

    @property
    def file(self) -> Path:
        """The packet's file."""
        return self.folder / "data" / "workflows" / f"{self.packet}.yml"

    @property
    def page(self) -> str:
        """The packet's page, as an address from the site's root."""
        return f"workflows/{self.packet}/"

    def change(self) -> str:
        """Give the packet a title that it never had, and return it: its page and every index must follow."""
        self.changes += 1
        title = f"Changed for the {self.changes}. time"
        text = self.file.read_text(encoding="utf-8")
        self.file.write_text(re.sub("^title: .*$", f"title: {title}", text, flags=re.M), encoding="utf-8", newline="\n")
        return title

    def forget(self) -> None:
        """Make the next run a cold one: no output, no cache, but for the preview pictures."""
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        for path in (self.folder / ".cache").glob("*"):
            if path.name != KEPT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def make_subject(folder: Path, packets: int, seed: int, today: date) -> Subject:
    """Generate a site and choose the packet to change: the first live one after the middle of the alphabet."""
    make_site(folder, packets=packets, seed=seed, faults=0, today=today)
    files = sorted((folder / "data" / "workflows").glob("*.yml"))
    later = files[len(files) // 2 :] + files
    live = (file.stem for file in later if "\nstatus: live\n" in file.read_text(encoding="utf-8"))
    return Subject(folder, next(live, files[0].stem))
