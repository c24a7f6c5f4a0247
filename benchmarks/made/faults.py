"""Known faults, each put into one packet of a generated site, with the rule of the check that must find it."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from made.layout import Flow, yaml_text

Entry = dict[str, Any]
UNSIGNED = ("draft", "in-review")
"""A fault in a packet of another status would break its signatures as well, and be found twice."""


@dataclass(frozen=True)
class Fault:
    """One fault: the file that it is in, and the id of the rule that finds it."""

    path: str
    rule: str


def put_faults(site: Path, count: int, rng: Random) -> list[Fault]:
    """Put ``count`` faults into as many packets of the site that are not signed, one kind after another.

    Raises ValueError when too few packets are unsigned.
    """
    texts = {file: file.read_text(encoding="utf-8") for file in sorted((site / "data" / "workflows").glob("*.yml"))}
    free = [file for file, text in texts.items() if re.search(f"^status: ({'|'.join(UNSIGNED)})$", text, re.M)]
    if count > len(free):
        raise ValueError(f"only {len(free)} packets are not signed, too few for {count} faults")
    found: list[Fault] = []
    for number, file in enumerate(rng.sample(free, count)):
        rule, spoil = list(KINDS.items())[number % len(KINDS)]
        file.write_text(spoil(texts[file]), encoding="utf-8", newline="\n")
        found.append(Fault(file.relative_to(site).as_posix(), rule))
    return found


def _edited(change: Callable[[Entry], None]) -> Callable[[str], str]:
    """Return the change of a packet's values as a change of its text."""

    def spoil(text: str) -> str:
        packet = yaml.safe_load(text)
        change(packet)
        return yaml_text(packet)

    return spoil


def _gap(packet: Entry) -> None:
    approval = packet["shared"]["approval"]
    lost = approval["rules"].pop()["id"]
    approval["examples"] = [each for each in approval["examples"] if each["rule"] != lost]
    named, queue = {rule.get("exception") for rule in approval["rules"]}, packet["shared"]["exceptions"]
    queue["cases"] = [case for case in queue["cases"] if case["id"] in named]  # an unused one would be another fault


def _overlap(packet: Entry) -> None:
    approval = packet["shared"]["approval"]
    twin = {**copy.deepcopy(approval["rules"][0]), "id": "AP-99"}
    approval["examples"] = [each for each in approval["examples"] if each["rule"] != approval["rules"][0]["id"]]
    approval["rules"].append(twin)


def _approves_own_case(packet: Entry) -> None:
    rule = next(rule for rule in packet["shared"]["approval"]["rules"] if rule["outcome"] == "approve")
    rule["approved_by"] = [*rule["approved_by"], Flow(any=["sender"])]
    rule["on_timeout"] = "refuse"


def _team(packet: Entry) -> None:
    packet["owners"]["others"]["support"]["team"] += "s"


def _twice(packet: Entry) -> None:
    packet["it"]["forbidden"].append(dict(packet["it"]["forbidden"][0]))


def _future(packet: Entry) -> None:
    packet["revised"] = date(2199, 12, 31)


KINDS: dict[str, Callable[[str], str]] = {
    "approval-gap": _edited(_gap),
    "approval-overlap": _edited(_overlap),
    "unknown-team": _edited(_team),
    "yaml-syntax": lambda text: re.sub(r"^tags: \[.*\]$", "tags: [open", text, flags=re.M),
    "duplicate-key": lambda text: re.sub(r"^(status: .*)$", r"\1\n\1", text, flags=re.M),
    "separation-of-duties": _edited(_approves_own_case),
    "unknown-word": lambda text: re.sub(r"^status: .*$", "status: drafted", text, flags=re.M),
    "yaml-tab": lambda text: text.replace("\n  scope:\n", "\n\tscope:\n"),
    "duplicate-id": _edited(_twice),
    "unknown-key": lambda text: re.sub(r"^summary:", "remark: Not a field.\nsummary:", text, flags=re.M),
    "date-future": _edited(_future),
}
"""Rule that finds it, and the change of a packet's text that puts it in; each breaks no other rule."""
