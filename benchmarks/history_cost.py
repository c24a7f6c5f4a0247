"""Measures what the history of version control costs: a check and a build of a site whose packets changed often.

Run it as ``python benchmarks/history_cost.py --packets 100 --commits 1000``. Each commit gives one packet a new title,
in turn. Every run is measured with the history and then without, where the site is in no repository; the difference is
what the history costs. Seconds are those of the processor, git's included, as the median of several runs; preview
pictures are kept.
"""

import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import click

from measuring.builder import CHECK, Builder, own
from measuring.runs import Failed, run
from measuring.tables import markdown, short
from opmodel.environment import today

Figures = dict[str, list[float]]
_IDENTITY = ("-c", "user.name=Generator", "-c", "user.email=generator@example.com")


def change_often(site: Path, commits: int) -> None:
    """Commit a new title of one packet after the other."""
    files = sorted((site / "data" / "workflows").glob("*.yml"))
    for number, file in enumerate(islice(cycle(files), commits)):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^(title: .*?)( \d+)?$", rf"\g<1> {number}", text, count=1), encoding="utf-8")
        command = ["git", *_IDENTITY, "commit", "--quiet", "--all", f"--message=Change {number}"]
        subprocess.run(command, cwd=site, check=True)  # noqa: S603 our own command


def measure(subject: Builder, found: Figures) -> None:
    """Note the seconds of a check and a build without a cache, and of those after a change."""
    for name, command in (("check", CHECK), ("build", subject.build)):
        subject.forget()
        found[f"{name}, cold"].append(run(command, subject.folder).work)
        subject.change()
        found[f"{name}, one change"].append(run(command, subject.folder).work)


def compare(subject: Builder, runs: int) -> tuple[Figures, Figures]:
    """Return the seconds with the history and without, measured in turns."""
    history, aside = subject.folder / ".git", subject.folder.parent / "git"
    known, unknown = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    run(subject.build, subject.folder)  # draws the preview pictures
    for _ in range(runs):
        measure(subject, known)
        shutil.move(history, aside)
        measure(subject, unknown)
        shutil.move(aside, history)
    return known, unknown


def rows(known: Figures, unknown: Figures) -> Iterator[list[str]]:
    """Yield the seconds with and without the history, and how many hundredths of the whole the history takes."""
    for name in known:
        whole, rest = median(known[name]), median(unknown[name])
        yield [name, short(whole), short(rest), f"{max(0, whole - rest) / whole:.0%}"]


@click.command()
@click.option("--packets", type=click.IntRange(1), default=100, show_default=True, help="How many packets.")
@click.option("--commits", type=click.IntRange(1), default=1000, show_default=True, help="How many commits.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other packets.")
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Runs of which the median is shown.")
def main(packets: int, commits: int, seed: int, runs: int) -> None:
    """Measure a site with many commits, with its history and without."""
    with tempfile.TemporaryDirectory(prefix="measured-") as folder:
        subject = own(Path(folder) / "site", packets, seed, today())
        change_often(subject.folder, commits)
        try:
            known, unknown = compare(subject, runs)
        except Failed as error:
            raise click.ClickException(str(error)) from None
    click.echo(markdown(["seconds of the processor", "with history", "without", "share"], list(rows(known, unknown))))


if __name__ == "__main__":
    main()
