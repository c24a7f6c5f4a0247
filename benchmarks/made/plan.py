"""What is settled before a packet is written: its name, whose it is, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from made.teams import Branch, Organisation, slug

STATUSES = ("live", "draft", "live", "in-review", "live", "approved", "draft", "live", "in-review", "live", "paused",
            "live", "draft", "live", "in-review", "live", "retired", "live", "draft", "live")  # fmt: skip
"""Where packets stand, in turn: half of them are live."""


@dataclass(frozen=True)
class Plan:
    """A packet that is to be written."""

    id: str
    title: str
    job: dict[str, Any]
    thing: str
    branch: Branch
    status: str
    supersedes: str | None = None


def plans(words: dict[str, Any], organisation: Organisation, count: int, rng: Random) -> list[Plan]:
    """Return as many plans: jobs that the branches of the organisation have, in random order, none twice."""
    possible = list(_possible(words, organisation))
    if count > len(possible):
        raise ValueError(f"the words are enough for {len(possible)} packets, not for {count}")
    made: list[Plan] = []
    for position, (job, thing, branch) in enumerate(rng.sample(possible, count)):
        status = STATUSES[position % len(STATUSES)]
        title = f"{thing.capitalize()} {job['name']}, {branch.place}"
        before = made[-1] if made else None
        supersedes = before.id if before and before.status == "retired" and status == "live" else None
        made.append(Plan(slug(title), title, job, thing, branch, status, supersedes))
    return made


def _possible(words: dict[str, Any], organisation: Organisation) -> Iterator[tuple[dict[str, Any], str, Branch]]:
    for branch in organisation.branches:
        for thing in words["domains"][branch.domain]["things"].split(", "):
            for job in words["jobs"]:
                yield job, thing, branch
