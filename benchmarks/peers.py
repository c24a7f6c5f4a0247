"""Compares this project with other builders: the same packets, on the same machine, in the same run.

Run it as ``python benchmarks/peers.py --tools FOLDER --packets 1000``. The builders are installed into FOLDER, by name
from their package registries; nothing of them is kept in this repository but small templates in ``peers/``. Runs are
interleaved, and each figure is the median of several whole processes.

What each one does, so that the figures can be judged:

- **opmodel** checks and proves every packet, renders each page with its own responsibility matrix, and writes search
  entries, JSON, DMN, CSV, worksheets, a feed, calendars, a Markdown twin of each page, and the preview picture of each
  packet and answer.
- **Hugo** and **Eleventy** read the same YAML files and make equal pages of packets: the same shell, which is taken
  from this project's built site (``measuring/shell.py``), the same sections, tables, rows and marks, and the packet's
  own matrix; and beside each page a JSON document of the packet and its sign-offs, and a Markdown twin. Their
  templates are written to be fast: what is equal for all packets is made once, the matrix too, but for the holders in
  it; what a page and its twin both say is worked out once. Hugo draws the pictures too, with its own image filters:
  the same paper, fonts and words, in four texts on each.

  What they leave out is what they cannot work out: the proof and the plain sentences of an approval table (the form
  that answers who approves holds the table as it is written, and not as it is read), DMN, readiness, digests and
  whether a sign-off still holds, the history, and the check of it all. So a packet's page has nine tenths of the bytes
  of this project's page, its twin as well, and its JSON half as many: the approval table as it is read, readiness and
  digests are not in it. Pages of teams and lists of packets have the shell and the rows, without readiness, groups and
  filters, the page of the matrix has it in one plain table, and all other pages come as Markdown from this project's
  build, in the shell too. They make no search index, feeds, calendars or worksheets, and copy no styles; Eleventy
  makes no pictures.
- **Zensical** and **Sphinx** (with the furo theme and MyST) get Markdown that is already made, by this project's own
  build, without the matrix on packets' pages. They render it in a full theme with a search index. They check and
  prove nothing, and the time to make the Markdown is not counted. Neither has packets in its navigation, which
  would be printed on every page.

From nothing, a builder has neither output nor cache; pictures kept, it has those that it has drawn. One change is a new
title of one packet. Hugo and Eleventy build all anew, but for pictures; Zensical and Sphinx keep a cache. Time is that
on the clock, or that of the processor (``--processor``) where the machine does other work as well.
"""

import json
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import click

from measuring.builder import Builder, own
from measuring.peers import NAMES, Tools, peers
from measuring.preview import free_port, serving, settle, until_served
from measuring.runs import Cost, Failed, peak_memory, run
from measuring.tables import markdown, short
from opmodel import __version__
from opmodel.environment import today

Times = list[float | None]
"""Seconds in each column; None where a builder does no such thing."""


@dataclass
class Result:
    """Every run of one builder."""

    version: str
    nothing: list[Cost] = field(default_factory=list)
    """Builds that draw all pictures; none of a builder that draws no pictures."""
    kept: list[Cost] = field(default_factory=list)
    """Cold builds that have the pictures already."""
    change: list[Cost] = field(default_factory=list)
    preview: list[float] = field(default_factory=list)
    memory: float = 0.0
    """MiB of a build from nothing."""
    megabytes: float = 0.0


COLUMNS = ("from nothing", "pictures kept", "one change", "preview")
TARGETS = (("Hugo", "from nothing", 0.5), ("Hugo", "pictures kept", 2.1), ("Hugo", "one change", 0.5))
"""How many times as long as another builder this project may take at most."""
MOST_MEMORY = 250
"""The MiB that a build of this project from nothing may take at most."""


def compare(builders: dict[str, Builder], results: dict[str, Result], runs: int) -> None:
    """Build each site from nothing, cold and after a change, in turn, as often as wanted."""
    for number in range(runs):
        for name, builder in builders.items():
            click.echo(f"run {number + 1} of {runs}: {name}", err=True)
            if builder.pictures:
                builder.forget(pictures=True)
                results[name].nothing.append(run(builder.build, builder.folder))
            builder.forget()
            results[name].kept.append(run(builder.build, builder.folder))
            builder.change()
            results[name].change.append(run(builder.build, builder.folder))


def weigh(builder: Builder, result: Result) -> None:
    """Note how much memory a build from nothing takes, and how much it makes."""
    builder.forget(pictures=True)
    result.memory = peak_memory(builder.build, builder.folder)
    made = [
        file for pattern in builder.made if "cache" not in pattern for file in builder.folder.glob(f"{pattern}/**/*")
    ]
    files = [file for file in made if file.is_file()]
    result.megabytes = sum(file.stat().st_size for file in files) / 1e6


def watch(builder: Builder, result: Result, runs: int) -> None:
    """Note the seconds from a saved packet to its page served anew by the builder's preview."""
    if builder.serve is None:
        return
    click.echo(f"preview: {builder.name}", err=True)
    port = free_port()
    with serving(builder.serve(port), builder.folder) as still_runs:
        until_served(port, builder.page, "</html>", still_runs)
        for _ in range(runs):
            settle()
            title = builder.change()
            result.preview.append(until_served(port, builder.page, title, still_runs))


def tables(results: dict[str, Result], *, processor: bool = False) -> str:
    """Return the comparison: how many times as long as each builder this project takes, what was to be reached, and
    the figures behind it.

    These are seconds, of the ``processor`` or on the clock, the MiB of memory that a build from nothing takes, and the
    MB that it makes. Previews are always on the clock.
    """
    own, *others = results
    times = {name: _times(result, processor=processor) for name, result in results.items()}
    named = {name: f"{name} {result.version}" for name, result in results.items()}
    ratios = [[named[name], *map(_ratio, times[own], times[name])] for name in others]
    figures = [
        [named[name], *map(short, times[name]), f"{result.memory:,.0f}", f"{result.megabytes:,.0f}"]
        for name, result in results.items()
    ]
    return "\n\n".join(
        (
            markdown(["times as long as", *COLUMNS], ratios),
            markdown(["target", "at most", "found"], _targets(results[own], times[own], times)),
            markdown(["seconds of the processor" if processor else "seconds", *COLUMNS, "MiB", "MB"], figures),
        )
    )


def _targets(result: Result, own: Times, times: dict[str, Times]) -> list[list[str]]:
    rows = []
    for name, column, most in TARGETS:
        place = COLUMNS.index(column)
        found = _ratio(own[place], times[name][place]) if name in times else "–"
        rows.append([f"{column}, times as long as {name}", str(most), found])
    return [*rows, ["memory from nothing, MiB", str(MOST_MEMORY), f"{result.memory:,.0f}"]]


def _times(result: Result, *, processor: bool) -> Times:
    runs = (result.nothing, result.kept, result.change)
    costs = [[cost.work if processor else cost.seconds for cost in each] for each in runs]
    return [median(each) if each else None for each in (*costs, result.preview)]


def _ratio(own_time: float | None, time: float | None) -> str:
    return f"{own_time / time:.2f}" if own_time and time else "–"


def measured(
    packets: int, seed: int, runs: int, tools: Tools, day: date, only: tuple[str, ...], with_preview: bool
) -> dict[str, Result]:
    """Return the result of this project and of each builder in ``only``, or of all, on a generated site."""
    with tempfile.TemporaryDirectory(prefix="compared-") as folder:
        work = Path(folder)
        ours = own(work / "opmodel", packets, seed, day)
        run(ours.build, ours.folder)
        builders, results = {ours.name: ours}, {ours.name: Result(__version__)}
        for builder, version in peers(ours, tools, work):
            if only and builder.name not in only:
                continue
            builders[builder.name], results[builder.name] = builder, Result(version)
        compare(builders, results, runs)
        for name, builder in builders.items():
            weigh(builder, results[name])
            if with_preview:
                watch(builder, results[name], runs)
            if builder is not ours:
                shutil.rmtree(builder.folder)
    return results


@click.command()
@click.option("--tools", type=click.Path(path_type=Path), required=True, help="Scratch folder for the other builders.")
@click.option("--packets", type=click.IntRange(1), default=1000, show_default=True, help="How many packets.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other packets.")
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Runs of which the median is shown.")
@click.option("--only", type=click.Choice(NAMES), multiple=True, help="Compare with this one only; may be repeated.")
@click.option("--preview/--no-preview", default=True, show_default=True, help="Measure the previews too.")
@click.option("--processor", is_flag=True, help="Compare time of the processor, where the machine does other work too.")
@click.option("--json", "document", type=click.Path(path_type=Path), default=None, help="Write the figures to a file.")
def main(
    tools: Path,
    packets: int,
    seed: int,
    runs: int,
    only: tuple[str, ...],
    preview: bool,
    processor: bool,
    document: Path | None,
) -> None:
    """Compare this project with other builders; a ratio says how many times as long this project takes."""
    day, installed = today(), Tools(tools.resolve())
    try:
        installed.install()
        results = measured(packets, seed, runs, installed, day, only, preview)
    except Failed as error:
        raise click.ClickException(str(error)) from None
    click.echo(tables(results, processor=processor))
    if document:
        machine = {"day": str(day), "python": platform.python_version(), "packets": packets, "seed": seed}
        found = {name: asdict(result) for name, result in results.items()}
        document.write_text(json.dumps({**machine, "builders": found}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
