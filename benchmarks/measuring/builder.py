"""A builder with a site that it builds: its commands, its cold state, and the one change that an author makes."""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from made.site import commit, make_site

Command = tuple[str | Path, ...]
BIN = Path(sys.executable).parent
CHECK: Command = (BIN / "opmodel", "check")


@dataclass
class Builder:
    """A program that builds a site, with the site and the packet in it that is changed."""

    name: str
    folder: Path
    build: Command
    serve: Callable[[int], Command] | None
    """The command of its preview on a port, where it has one."""
    made: tuple[str, ...]
    """What a build leaves behind, as patterns: output and caches. A cold build starts without them."""
    source: Path
    """The file of the packet that is changed."""
    page: str
    """Address of that packet's page, from the site's root."""
    title: str = r"^title: .*$"
    """The line of the source that holds the title, as a pattern."""
    new_title: str = "title: {}"
    pictures: str = ""
    """The folder with the preview pictures that it has drawn and uses again; empty if it draws none."""
    changes: int = 0

    def change(self) -> str:
        """Give the packet a title that it never had, and return it: its page and every list must follow."""
        self.changes += 1
        title = f"Changed for the {self.changes}. time"
        old = self.source.read_text(encoding="utf-8")
        new = re.sub(self.title, self.new_title.format(title), old, count=1, flags=re.M)
        self.source.write_text(new, encoding="utf-8", newline="\n")
        return title

    def forget(self, *, pictures: bool = False) -> None:
        """Make the next run a cold one, which keeps the preview pictures unless they are to go as well.

        What was made is moved beside the folder: a file system that has just removed thousands of files is slow to make
        others for some seconds, and a builder is not to pay for that.
        """
        kept = self.folder / self.pictures if self.pictures and not pictures else None
        for path in [path for pattern in self.made for path in self.folder.glob(pattern) if path != kept]:
            aside = tempfile.mkdtemp(prefix=f"{self.folder.name}-made-", dir=self.folder.parent)
            shutil.move(path, aside)


def own(folder: Path, packets: int, seed: int, today: date) -> Builder:
    """Generate a committed site for this project and choose the packet to change: a live one in mid-alphabet."""
    make_site(folder, packets=packets, seed=seed, faults=0, today=today)
    commit(folder)
    files = sorted((folder / "data" / "workflows").glob("*.yml"))
    later = files[len(files) // 2 :] + files
    source = next((file for file in later if "\nstatus: live\n" in file.read_text(encoding="utf-8")), files[0])
    return Builder(
        name="opmodel",
        folder=folder,
        build=(BIN / "mkdocs", "build", "--strict"),
        serve=lambda port: (BIN / "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"),
        made=("site", ".cache/*"),
        source=source,
        page=f"workflows/{source.stem}/",
        pictures=".cache/previews",
    )
