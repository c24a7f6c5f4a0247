"""A site in which every field of free text holds text that some reader would run, render or evaluate."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from opmodel.load.records import records_in
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Faq
from opmodel.model.organisation import Responsibilities, Roles, Site, Teams
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.model.systems import AiModels, Systems
from opmodel.source.reader import parse
from sites import INTAKE, SIGNOFFS, TRIAGE

UNEVALUATED, EVALUATED = "Q{{ 7*7 }}Q", "Q49Q"
PAYLOADS = (
    f"{UNEVALUATED} {{% raw %}} {{# c #}} </script><script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    "<x-made><meta http-equiv=refresh content='0;url=/gone/'><svg onload=x>"
    " [x](javascript:alert(1)) ![y](data:text/html,z) `code` ``` ~~~ --8<-- 'mkdocs.yml' &lt;b&gt; &amp;"
    " </title></style></textarea><!-- | a | # h *i* __b__ ${7*7} %7B \\n \\ ]]> <javascript:alert(1)>",
    f"{UNEVALUATED} </script><x-made><img src=x onerror=alert(1)>\"'>"
    f" [x](javascript:alert(1)) `c` {{% raw %}} <!-- &lt; \\",
)
"""Everything at once, and what fits into a short field."""
ANSWER = f"""\
{UNEVALUATED} `{{% raw %}} <script>alert(1)</script> <img src=x onerror=alert(1)>` &lt;img src=x onerror=alert(1)&gt;

    --8<-- "mkdocs.yml"

```html
</script><script>alert(1)</script>
```

| a | b |
|---|---|
| {{{{ config }}}} | \\<b\\> |

[*{UNEVALUATED}* "quoted"](https://example.com/?a=<b>&c="d" "title' onmouseover=alert(1)")
--8<-- "mkdocs.yml"
"""
"""An answer that the check accepts, as it holds no HTML."""
FILES: dict[str, type[BaseModel]] = {
    "data/site.yml": Site,
    "data/roles.yml": Roles,
    "data/teams.yml": Teams,
    "data/responsibilities.yml": Responsibilities,
    "data/faq.yml": Faq,
    "data/candidates.yml": Candidates,
    "data/systems.yml": Systems,
    "data/models.yml": AiModels,
    INTAKE: Packet,
    TRIAGE: Packet,
    SIGNOFFS: Signoffs,
}
ALSO: dict[str, dict[str, Any]] = {
    "data/site.yml": {
        "call_to_action": {"title": "Ask", "text": "Ask us.", "button": "Ask now", "link": "https://example.com/ask"},
        "synonyms": [["intake", "arrival"]],
        "discussion": "https://example.com/talk",
        "edit": "https://git.example/site/edit/main/{path}",
    },
    "data/faq.yml": {"questions": [{"also_asked": ["Who may say yes?"]}]},
    "data/candidates.yml": {
        "currency": "EUR",
        "hour_costs": 50,
        "candidates": [
            {
                "id": "sorting",
                "title": "Sorting mail",
                "team": "finance",
                "organisation": "Post office, ground floor",
                "reference": "Mail 7",
                "purpose": "Mail reaches the right desk on the day.",
                "output": "A desk for each letter.",
                "stage": "Pilot",
                "impact": "High",
                "drag": "People sort mail by hand.",
                "pain": {
                    "cases": 100,
                    "per": "P1M",
                    "minutes_each": 3,
                    "errors_per_thousand": 2,
                    "error_costs": 10,
                    "source": "Counted in May",
                },
                "repetition": {"alike": 80, "because": "The same four steps."},
                "support": {"verdict": "with-conditions", "because": "It can be seen.", "conditions": ["An account"]},
                "narrow": ["Mail in one language"],
            },
            {
                "id": "scanning",
                "title": "Scanning mail",
                "organisation": "Post office, first floor",
                "reference": "Mail 8",
                "purpose": "Mail is found again.",
                "output": "A picture of each letter.",
                "stage": "Deployed",
                "impact": "Not high",
            },
        ],
    },
    "data/systems.yml": {
        "systems": [
            {
                "id": "mail",
                "name": "Mail",
                "owner": "platform",
                "kind": "messaging",
                "data_class": "internal",
                "criticality": "high",
                "link": "https://systems.example/mail",
                "aliases": ["Post"],
            }
        ]
    },
    "data/models.yml": {
        "models": [
            {
                "id": "small",
                "provider": "Example AI",
                "model": "Small",
                "version": "1.0",
                "regions": ["Europe"],
                "hosted": "With the provider",
                "contract_owner": "platform",
            }
        ]
    },
    INTAKE: {
        "status": "in-review",
        "revised": "2026-11-01",
        "it": {"access": [{"system": "mail"}]},
        "shared": {"failure_cases": [{"date": "2026-11-01"}]},
    },
    TRIAGE: {
        "business": {"inputs": [{"system": "mail"}]},
        "it": {"access": [{"system": "mail", "identity": "svc-triage"}], "contracts": [{"system": "mail"}]},
        "shared": {
            "audit": {"records": [{"system": "mail"}]},
            "approval": {
                "inputs": [
                    {"window": {"over": "P60D", "per": "sender"}},
                    {},
                    {"id": "new", "type": "boolean", "label": "Is the sender new"},
                    {"id": "due", "type": "date", "label": "Day on which it is due"},
                ],
                "rules": [
                    {
                        "outcome": "review",
                        "checked_by": "desk",
                        "within": "none",
                        "no_limit_reason": "The house rules name no time.",
                    }
                ],
                "examples": [
                    {
                        "given": {"new": True, "due": "2026-12-01"},
                        "outcome": "review",
                        "note": "An everyday request.",
                    }
                ],
            },
        },
    },
}
"""What the good site does without, so that every field of every record is there."""
FIXED = {"values", "system"}
"""Texts that other texts must repeat."""


def complete(site: Path) -> None:
    """Give the good site a value for every free text that there is."""
    for name, more in ALSO.items():
        _write(site / name, _joined(_read(site / name), more))


def spoil(site: Path) -> set[str]:
    """Put a payload into every free text of a site; return the fields that have one, as ``Record.field``."""
    found: set[str] = set()
    for name, kind in FILES.items():
        if not (site / name).exists():
            continue
        data = _record(kind, _read(site / name), found)
        if name == INTAKE:
            data |= {"status": "in-review", "revised": "2026-11-01"}  # nobody signed this
            data["shared"]["failure_cases"][0]["date"] = "2026-11-01"
        _write(site / name, data)
    return found


def free_texts() -> set[str]:
    """Return every field of free text that a site may have, as ``Record.field``."""
    found: set[str] = set()
    kinds, seen = list(FILES.values()), set[type[BaseModel]]()
    while kinds:
        kind = kinds.pop()
        for name, info in kind.model_fields.items():
            kinds += [below for below in records_in(info.annotation) if below not in seen]
            if _is_free(info) and name not in FIXED:
                found.add(f"{kind.__name__}.{info.alias or name}")
        seen.add(kind)
    return found


def _read(file: Path) -> Any:
    node, _ = parse(file.read_text(encoding="utf-8") if file.exists() else "{}")
    assert node is not None
    return node.plain


def _write(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, default=float, ensure_ascii=False, indent=1), encoding="utf-8")


def _joined(data: Any, more: Any) -> Any:
    """Return data with more of it: keys are added, and lists are joined place by place."""
    if isinstance(more, dict):
        return {**data, **{key: _joined(data.get(key, type(value)()), value) for key, value in more.items()}}
    if isinstance(more, list):
        pairs = zip_longest(data, more)
        return [_joined({} if old is None else old, new) if new is not None else old for old, new in pairs]
    return more


def _record(kind: type[BaseModel], value: Any, found: set[str]) -> dict[str, Any]:
    fields = {info.alias or name: info for name, info in kind.model_fields.items()}
    found |= {f"{kind.__name__}.{key}" for key in value if _is_free(fields[key]) and key not in FIXED}
    return {key: _field(fields[key], key, below, found) for key, below in value.items()}


def _field(info: FieldInfo, key: str, value: Any, found: set[str]) -> Any:
    if kinds := list(records_in(info.annotation)):
        return _below(kinds, value, found)
    if key == "answer":
        return ANSWER
    return _spoilt(value, _longest(info)) if _is_free(info) and key not in FIXED else value


def _below(kinds: list[type[BaseModel]], value: Any, found: set[str]) -> Any:
    if isinstance(value, tuple):
        return [_below(kinds, item, found) for item in value]
    kind = next((kind for kind in kinds if value.keys() <= _keys(kind) and _of_type(kind, value)), None)
    return _record(kind, value, found) if kind else {key: _below(kinds, item, found) for key, item in value.items()}


def _keys(kind: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in kind.model_fields.items()}


def _of_type(kind: type[BaseModel], value: dict[str, Any]) -> bool:
    words = get_args(kind.model_fields["type"].annotation) if "type" in kind.model_fields else ()
    return not words or value.get("type") in words


def _spoilt(value: Any, longest: int) -> Any:
    if isinstance(value, tuple):
        return [_spoilt(item, longest) for item in value]
    return next(f"{payload} {value}" for payload in PAYLOADS if len(payload) + len(value) < longest)


def _is_free(info: FieldInfo) -> bool:
    checks = {mark.func.__name__ for mark in _marks(info) if isinstance(mark, AfterValidator)}
    return bool(checks & {"_clean", "_one_line"}) and not checks & {"_link", "_web_address"}


def _longest(info: FieldInfo) -> int:
    limits: list[int | None] = [getattr(mark, "max_length", None) for mark in _marks(info)]
    return min(limit for limit in limits if limit is not None)


def _marks(info: FieldInfo) -> list[Any]:
    return [*info.metadata, *_nested(info.annotation)]


def _nested(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _nested(inner)
