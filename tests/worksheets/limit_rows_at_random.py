"""Random authority tables, in the layouts and words in which people write them, with the mistakes that they make."""

import random
from collections.abc import Iterator
from itertools import pairwise

TITLES = (
    "Manager",
    "CEO",
    "the Board",
    "Chief Financial Officer (CFO)",
    "VP, Sales & Marketing",
    "Größe Leiter",
    "Team A",
)
BOUNDS = (0, 1, 500, 999, 1000, 4999, 5000, 9999, 10_000, 25_000, 50_000, 99_999, 100_000, 250_000, 1_000_000)
NOTHING = ("", "", "-", "n/a", "none", "Nil")


def limit_rows(count: int, seed: int) -> Iterator[list[list[str]]]:
    """Yield the cells of ``count`` random tables, the same for the same seed; the rows of each have the same length."""
    draw = random.Random(seed)  # noqa: S311 the same tables each time, and nothing secret
    for _ in range(count):
        rows = draw.choice((_list, _list, _list, _pair, _across, _by_role))(draw)
        width = max(map(len, rows))
        yield _with_accidents(draw, [[*row, *[""] * (width - len(row))] for row in rows])


def _money(draw: random.Random, value: int) -> str:
    cents = draw.choice(("", "", ".00", ".01", ".99"))
    ways = [f"${value:,}{cents}", f"{value:,}", f"€{value}", f"{value:,} USD", f"£{value:,}{cents}"]
    if value % 1000 == 0 and value:
        ways += [
            f"${value // 1000}K",
            f"{value // 1000} thousand",
            f"{value / 1_000_000:g} million",
            f"{value // 1000}.000,00 €",
        ]
    return draw.choice(ways[: draw.choice((1, 1, 1, len(ways)))])


def _limit(draw: random.Random, low: int, high: int) -> str:
    least, most = _money(draw, low), _money(draw, high)
    ways = [
        *(
            f"up to {most}",
            f"under {most}",
            f"{most} or less",
            f"{least} and over",
            f"over {least}",
            f"at least {least}",
        ),
        *(
            f"{least} to {most}",
            f"{least} - {most}",
            f"between {least} and {most}",
            f"more than {least} but less than {most}",
        ),
        *(f"over {least} up to {most}", f"{least} but under {most}", f"{least}", "unlimited", "no limit", "see policy"),
        *(f"{most} (excl. GST)", f"exceeds {least}", f"in excess of {least}, not to exceed {most}", f"{most}*"),
    ]
    return draw.choice(ways)


def _chain(draw: random.Random) -> list[str]:
    """Return limits that follow each other, with a slip here and there."""
    ends = sorted(draw.sample(BOUNDS[2:], draw.randint(1, 5)))
    money = [f"${end:,}" for end in ends]
    way = draw.choice(("over {} to {}", "{} to {}", "{} - {}", "more than {} but less than {}", "{} to under {}"))
    chain = [f"up to {money[0]}", *(way.format(*pair) for pair in pairwise(money))]
    chain.append(draw.choice(("over {}", "{} and over", "more than {}", "at least {}")).format(money[-1]))
    if draw.random() < 0.3:
        chain[draw.randrange(len(chain))] = _limit(draw, *sorted(draw.sample(BOUNDS, 2)))
    return chain


def _approver(draw: random.Random) -> str:
    one, two, three = draw.sample(TITLES, 3)
    ways = [
        *(
            one,
            one,
            one,
            f"{one} and {two}",
            f"{one} or {two}",
            f"{one}, then {two}",
            f"{one}, {two}",
            f"{one} + {two}",
        ),
        *(f"{one} (Board advised)", f"{one}; {two} informed", f"{one}, {two} and {three}", f"any two of {one}, {two}"),
        *(
            f"{one} and all lower tiers",
            "not required",
            "not permitted",
            f"{one}/{two}",
            f"{one}\n{two}",
            f"{one} ({two})",
        ),
    ]
    return draw.choice(ways)


def _list(draw: random.Random) -> list[list[str]]:
    """Return a table with a row for each limit, mostly with a chain of limits for each of some kinds of case."""
    kinds = draw.choice((("",), ("",), ("Goods", "Services"), ("Capital", "Operating", "Any")))
    headings = [
        draw.choice(("Amount", "Purchase value (USD)", "Threshold", "Value in thousands", "Up to", "")),
        "Approver",
    ]
    more = draw.sample(("Second signature", "Tier", "Notes", "Board advised?", "Tenders"), draw.choice((0, 0, 1, 2)))
    with_kinds = kinds != ("",)
    rows = [[*(["Kind"] if with_kinds else []), *headings, *more]]
    for kind in kinds:
        for number, limit in enumerate(_chain(draw), 1):
            shown = kind if number == 1 or draw.random() < 0.9 else ""
            rest = [draw.choice((*NOTHING, f"Tier {number}", "yes", draw.choice(TITLES), "three quotes")) for _ in more]
            rows.append([*([shown] if with_kinds else []), limit, _approver(draw), *rest])
    return rows


def _pair(draw: random.Random) -> list[list[str]]:
    ends = sorted(draw.sample(BOUNDS, draw.randint(2, 5)))
    heads = draw.choice((("From", "To"), ("Over", "But not over"), ("Minimum", "Maximum"), ("At least", "Less than")))
    slip = draw.choice((0, 0, 1))
    rows = [[f"{low + slip:,}", f"{high:,}"] for low, high in pairwise(ends)] + [[f"{ends[-1]:,}", ""]]
    return [[*heads, "Approved by"], *([*row, _approver(draw)] for row in rows)]


def _across(draw: random.Random) -> list[list[str]]:
    chain = _chain(draw)
    kinds = draw.sample(("Goods", "Services", "Travel", "Works"), draw.randint(1, 3))
    return [["Type", *chain], *([kind, *(draw.choice((_approver(draw), "-")) for _ in chain)] for kind in kinds)]


def _by_role(draw: random.Random) -> list[list[str]]:
    titles = draw.sample(TITLES, draw.randint(2, 4))
    heads = draw.choice(
        (["Position", "Approval limit ($)"], ["Role", "Capital", "Operating"], ["Transaction", *titles])
    )
    names = titles if heads[0] != "Transaction" else ["Purchases", "Write-offs"]
    limits = [f"{bound:,}" for bound in sorted(draw.sample(BOUNDS[2:], 4))] + ["Unlimited", "Nil", "up to $5,000"]
    return [heads, *([name, *(draw.choice(limits) for _ in heads[1:])] for name in names)]


def _with_accidents(draw: random.Random, rows: list[list[str]]) -> list[list[str]]:
    """Return rows with what stands above, below and between the rows of tables that people send."""
    blank = [""] * len(rows[0])
    if draw.random() < 0.15:
        rows = [["Delegation of authority", *blank[1:]], blank, *rows]
    if draw.random() < 0.1:
        rows.insert(draw.randrange(1, len(rows) + 1), ["Section B"] * draw.choice((1, len(blank))) + blank[1:])
    if draw.random() < 0.1:
        rows.insert(draw.randrange(len(rows) + 1), list(rows[0]))
    if draw.random() < 0.15:
        rows.append(["* with the consent of the Board", *blank[1:]])
    return [(row + blank)[: len(blank)] for row in rows]
