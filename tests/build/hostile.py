"""A site in which every field of free text holds text that some reader would run, render or evaluate."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from opmodel.load.schema import records_in
from opmodel.model.faq import Faq
from opmodel.model.organisation import Responsibilities, Roles, Site, Teams
from opmodel.model.packet import Packet
from opmodel.model.signoff import Signoffs
from opmodel.source.reader import parse
from sites import INTAKE, SIGNOFFS, TRIAGE

UNEVALUATED, EVALUATED = "Q{{ 7*7 }}Q", "Q49Q"
PAYLOADS = (
    f"{UNEVALUATED} {{% raw %}} {{# c #}} </script><script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    "<svg onload=x> [x](javascript:alert(1)) ![y](data:text/html,z) `code` ``` ~~~ --8<-- 'mkdocs.yml' &lt;b&gt; &amp;"
    " </title></style></textarea><!-- | a | # h *i* __b__ ${7*7} %7B \\n \\ ]]> <javascript:alert(1)>",
    f"{UNEVALUATED} </script><img src=x onerror=alert(1)>\"'> [x](javascript:alert(1)) `c` {{% raw %}} <!-- &lt; \\",
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
    INTAKE: Packet,
    TRIAGE: Packet,
    SIGNOFFS: Signoffs,
}
FIXED = {"values"}
"""Texts that other texts of the same file must repeat."""


def spoil(site: Path) -> None:
    """Put a payload into every free text of a site."""
    for name, kind in FILES.items():
        node, _ = parse((site / name).read_text(encoding="utf-8"))
        assert node is not None
        data = _record(kind, node.plain)
        if name == INTAKE:
            data |= {"status": "in-review", "revised": "2026-11-01"}  # nobody signed this
            data["shared"]["failure_cases"][0]["date"] = "2026-11-01"
        (site / name).write_text(json.dumps(data, default=float, ensure_ascii=False, indent=1), encoding="utf-8")


def _record(kind: type[BaseModel], value: Any) -> dict[str, Any]:
    fields = {info.alias or name: info for name, info in kind.model_fields.items()}
    return {key: _field(fields[key], key, below) for key, below in value.items()}


def _field(info: FieldInfo, key: str, value: Any) -> Any:
    if kinds := list(records_in(info.annotation)):
        return _below(kinds, value)
    if key == "answer":
        return ANSWER
    return _spoilt(value, _longest(info)) if _is_free(info) and key not in FIXED else value


def _below(kinds: list[type[BaseModel]], value: Any) -> Any:
    if isinstance(value, tuple):
        return [_below(kinds, item) for item in value]
    kind = next((kind for kind in kinds if value.keys() <= _keys(kind) and _of_type(kind, value)), None)
    return _record(kind, value) if kind else {key: _below(kinds, item) for key, item in value.items()}


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
    return bool(checks & {"_clean", "_one_line"}) and "_link" not in checks


def _longest(info: FieldInfo) -> int:
    limits: list[int | None] = [getattr(mark, "max_length", None) for mark in _marks(info)]
    return min(limit for limit in limits if limit is not None)


def _marks(info: FieldInfo) -> list[Any]:
    return [*info.metadata, *_nested(info.annotation)]


def _nested(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _nested(inner)
