"""Measures the site at several sizes: build, check, preview, memory, search index and page weight.

Run it as ``python benchmarks/measure.py --packets 100,300,1000,5000``. Each size is a generated site in a temporary
folder; every time is that of a whole process, the median of several runs. What is measured:

- build from nothing: no cache, no output and no preview pictures, with its memory; cold build: pictures are kept; warm
  build: nothing changed since; change: one packet has a new title. All with ``mkdocs build --strict`` and everything
  on: proofs, JSON, feeds, Markdown twins, search.
- check: ``opmodel check`` without a cache, with one where nothing changed and where one packet changed, and of that
  packet's file.
- memory: the most that all processes of a run have together.
- preview: from saving a packet to its page served anew by ``mkdocs serve``, and to the list of all packets.
- weight: what a compressing server sends for a first view of a packet's page, and for the first search after it; this
  needs Chromium.
"""

import json
import platform
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import click

from measuring.builder import CHECK, Builder, own
from measuring.preview import free_port, serving, settle, until_served
from measuring.runs import Cost, Failed, peak_memory, run, run_watched
from measuring.tables import markdown, short
from measuring.weight import first_view, sizes
from opmodel.environment import today

Figures = dict[str, float]
QUESTION = "invoice limit"


class Numbers(click.ParamType[tuple[int, ...]]):
    """Numbers with commas between them."""

    name = "N,N,…"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the numbers that ``value`` lists; fail as a usage error otherwise."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"expected numbers such as 100,1000, found {value!r}", param, ctx)


def nothing(subject: Builder, runs: int) -> Figures:
    """Return what a build from nothing costs, and the memory that it takes."""
    found: list[tuple[Cost, float]] = []
    for _ in range(runs):
        subject.forget(pictures=True)
        found.append(run_watched(subject.build, subject.folder))
    return {
        "from nothing": median(cost.seconds for cost, _ in found),
        "from nothing, processor": median(cost.work for cost, _ in found),
        "memory from nothing, MiB": median(mib for _, mib in found),
    }


def build(subject: Builder, runs: int) -> Figures:
    """Return what builds cost with pictures kept: of all packets, with nothing changed, and with a packet changed."""
    costs: dict[str, list[Cost]] = {name: [] for name in ("cold build", "warm build", "one change")}
    run(subject.build, subject.folder)  # draws the preview pictures
    for _ in range(runs):
        subject.forget()
        costs["cold build"].append(run(subject.build, subject.folder))
        costs["warm build"].append(run(subject.build, subject.folder))
        subject.change()
        costs["one change"].append(run(subject.build, subject.folder))
    work = {f"{name}, processor": median(cost.work for cost in each) for name, each in costs.items()}
    return {name: median(cost.seconds for cost in each) for name, each in costs.items()} | work


def check(subject: Builder, runs: int) -> Figures:
    """Return the seconds of a check without cache, with one, after a change, and of one file."""
    names = ("check, cold", "check, warm", "check of one packet", "check, one change")
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(runs):
        subject.forget()
        times["check, cold"].append(run(CHECK, subject.folder).seconds)
        times["check, warm"].append(run(CHECK, subject.folder).seconds)
        times["check of one packet"].append(run((*CHECK, subject.source), subject.folder).seconds)
        subject.change()
        times["check, one change"].append(run(CHECK, subject.folder).seconds)
    return {name: median(each) for name, each in times.items()}


def cache(subject: Builder, runs: int) -> Figures:  # noqa: ARG001 memory hardly varies: one run is enough
    """Return the MiB of a build with a packet changed, and of a cold check."""
    run(subject.build, subject.folder)
    subject.change()
    changed = peak_memory(subject.build, subject.folder)
    subject.forget()
    return {"memory of one change, MiB": changed, "memory of a check, MiB": peak_memory(CHECK, subject.folder)}


def preview(subject: Builder, runs: int) -> Figures:
    """Return the seconds to the first page, from a saved packet to its page, and to the list of packets."""
    assert subject.serve
    port = free_port()
    page, listed = [], []
    with serving(subject.serve(port), subject.folder) as still_runs:
        start = until_served(port, subject.page, "</html>", still_runs)
        for _ in range(runs):
            settle()
            title = subject.change()
            page.append(until_served(port, subject.page, title, still_runs))
            listed.append(page[-1] + until_served(port, "workflows/", title, still_runs))
    return {"preview, first page": start, "preview, changed page": median(page), "preview, list": median(listed)}


def weight(subject: Builder, runs: int) -> Figures:  # noqa: ARG001 sizes do not vary
    """Return the KB of the site's parts, and of a reader's first view and search."""
    run(subject.build, subject.folder)
    site = subject.folder / "site"
    found = {f"{name}, KB": value for name, value in sizes(site, subject.page).items()}
    viewed = first_view(site, subject.page, QUESTION) or {}
    return found | {name if name.endswith("ms") else f"{name}, KB": value for name, value in viewed.items()}


KINDS: dict[str, Callable[[Builder, int], Figures]] = {
    "nothing": nothing,
    "build": build,
    "check": check,
    "memory": cache,
    "preview": preview,
    "weight": weight,
}


def measured(packets: int, seed: int, kinds: tuple[str, ...], runs: int, day: date) -> Figures:
    """Return every figure of a generated site with so many packets."""
    with tempfile.TemporaryDirectory(prefix="measured-") as folder:
        subject = own(Path(folder) / "site", packets, seed, day)
        figures: Figures = {}
        for kind in kinds:
            click.echo(f"{packets} packets: {kind}", err=True)
            figures |= KINDS[kind](subject, runs)
    return figures


def shares(columns: dict[int, Figures]) -> list[list[str]]:
    """Return each figure of each size as a packet's share of it, against its share of the smallest site.

    A cost that grows with the number of packets stays at 1; a part that does not grow brings it below.
    """
    least = min(columns)
    return [
        [name, *(short(figures[name] / size / (value / least)) for size, figures in columns.items())]
        for name, value in columns[least].items()
        if value and not name.startswith(("packet page", "first"))
    ]


@click.command()
@click.option("--packets", type=Numbers(), default="1000", show_default=True, help="One size or several.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other packets.")
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Runs of which the median is shown.")
@click.option("--only", type=click.Choice(list(KINDS)), multiple=True, help="Measure only this; may be repeated.")
@click.option("--json", "document", type=click.Path(path_type=Path), default=None, help="Write the figures to a file.")
def main(packets: tuple[int, ...], seed: int, runs: int, only: tuple[str, ...], document: Path | None) -> None:
    """Measure generated sites and print one column for each size."""
    day = today()
    try:
        columns = {size: measured(size, seed, only or tuple(KINDS), runs, day) for size in packets}
    except Failed as error:
        raise click.ClickException(str(error)) from None
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    rows = [[name, *(short(figures.get(name)) for figures in columns.values())] for name in names]
    head = [f"{size:,} packets" for size in columns]
    click.echo(markdown(["seconds, if not said", *head], rows))
    if len(columns) > 1:
        click.echo("\n" + markdown(["a packet's share, against the smallest site", *head], shares(columns)))
    if document:
        machine = {"day": str(day), "python": platform.python_version(), "runs": runs, "seed": seed}
        document.write_text(json.dumps({**machine, "packets": columns}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
