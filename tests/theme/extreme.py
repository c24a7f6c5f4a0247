"""A site whose content is far longer than anyone plans for."""

from pathlib import Path
from typing import Any

import yaml

from sites import TRIAGE, good

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 3
TITLE = ("A workflow whose title its authors could not bring themselves to shorten, " * 4)[:300]
ARABIC = "يقرأ الوكيل الفواتير ويطابقها مع أمر الشراء ثم يسجلها أو يعرضها على من يقرر"
EMOJI = "🧾➡️🤖➡️🧑‍⚖️👩🏽‍💻🏳️‍🌈"
SYSTEMS, RULES = 40, 60


def extreme(folder: Path) -> Path:
    """Return a small site with one packet that has a 300-character title, 40 systems and 60 rules."""
    site = good(folder)
    packet: dict[str, Any] = yaml.safe_load((site / TRIAGE).read_text(encoding="utf-8"))
    packet["title"], packet["summary"] = TITLE, f"{ARABIC} {EMOJI} {LONG}"
    packet["owners"]["value"]["holder"] = LONG
    packet["owners"]["others"]["operations"]["holder"] = f"{ARABIC} {EMOJI}"
    packet["business"]["pain"]["drag"] = f"{LONG}\n\n{ARABIC}\n\n{EMOJI * 20}"
    packet["business"]["trigger"]["event"] = LONG
    packet["business"]["output"]["good"] = f"{ARABIC} {LONG}"
    packet["business"]["scope"]["in"] = [LONG, ARABIC, EMOJI * 10]
    packet["it"]["access"] = [_grant(packet["it"]["access"][0], number) for number in range(SYSTEMS)]
    packet["it"]["support"]["channel"] = LONG
    approval = packet["shared"]["approval"]
    approval["inputs"][0]["label"] = f"{LONG[:200]} {ARABIC}"
    approval["rules"] = [*_rules(), approval["rules"][-1]]
    approval["examples"] = []
    packet["shared"]["exceptions"]["queue"] = LONG
    for name, macro in {
        "workflows/index.md": "portfolio",
        "matrix.md": "matrix",
        "contribute.md": "write_packet",
        "limits.md": "check_limits",
    }.items():
        (site / "docs" / name).parent.mkdir(exist_ok=True)
        (site / "docs" / name).write_text(f"# {name}\n\n{{{{ {macro}() }}}}\n", encoding="utf-8")
    text = yaml.safe_dump(packet, allow_unicode=True, sort_keys=False, width=10_000)
    (site / TRIAGE).write_text(text, encoding="utf-8")
    return site


def _grant(grant: dict[str, Any], number: int) -> dict[str, Any]:
    words = (LONG, ARABIC, EMOJI, "System")[number % 4]
    return {**grant, "id": f"system-{number}", "system": f"{words} {number}", "scope": words, "identity": LONG[:80]}


def _rules() -> list[dict[str, Any]]:
    bands = [(number * 10, number * 10 + 10) for number in range(RULES - 1)]
    tests = [f"[{low}..{high})" for low, high in bands] + [f">= {bands[-1][1]}"]
    return [
        {"id": f"AP-A{number}", "when": {"amount": test, "known": '"yes"'}, "outcome": "act", "reason": LONG[:60]}
        for number, test in enumerate(tests)
    ]
