"""Plain data as YAML in the style of ``data/``: block style, long text folded, quotes only where they are needed.

PyYAML's emitter cannot write this style: it sets no blank lines between keys, folds a text only after the line is too
long, and quotes by the rules of YAML 1.1 alone, while these files must read the same in 1.1 and 1.2.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from opmodel.model.approval import ApprovalRule
from opmodel.model.packet import Packet
from opmodel.model.values import plain
from opmodel.source.composer import scalar_value

WIDTH = 120
_PLAIN = re.compile(r"(?=\w)[^\x00-\x1f\x7f\x85\xa0\u2028\u2029\ufeff]*[^\x00-\x20\x7f:\x85\xa0\u2028\u2029\ufeff]")
_OTHER_YAML = re.compile(r"y|n|yes|no|on|off|true|false|null|~|[-+.0-9_,:eE/ ]+|0[xob].*|\.(inf|nan)", re.I)
"""What YAML 1.1 does not read as text. It is quoted, so that all versions read the same."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Characters that a block text cannot hold unchanged."""
_ESCAPED = re.compile(r"[\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def packet_yaml(packet: Packet) -> str:
    """Return the text of a packet's file in ``data/workflows/``."""
    head = "# yaml-language-server: $schema=../schemas/packet.json\n"
    return head + yaml_document(plain_data(packet), apart=("owners", "business", "it", "shared"))


def yaml_document(data: Mapping[str, Any], apart: tuple[str, ...] = ()) -> str:
    """Return a mapping as a YAML document; a blank line stands before each key in ``apart``."""
    lines: list[str] = []
    for key, value in data.items():
        lines += [""] if key in apart and lines else []
        lines += _block({key: value}, 0)
    return "\n".join(lines) + "\n" if lines else "{}\n"


def _is_empty(value: Any) -> bool:
    """Whether an optional field has its default: nothing, or a false that is not the number 0."""
    return value is False or value in (None, (), {})


def plain_data(value: Any) -> Any:
    """Return a record as plain data in the order of its fields, without optional fields that are empty."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        pairs = ((info.alias or name, getattr(value, name), info) for name, info in fields)
        kept = {key: plain_data(item) for key, item, info in pairs if info.is_required() or not _is_empty(item)}
        if isinstance(value, ApprovalRule):  # the reason comes last
            kept["reason"] = kept.pop("reason")
        return kept
    if isinstance(value, tuple):
        return [plain_data(item) for item in value]
    if isinstance(value, dict):
        return {key: plain_data(item) for key, item in value.items()}
    return value


def _block(value: Mapping[str, Any] | list[Any], indent: int) -> Iterator[str]:
    """Yield the lines of a mapping or list that is not empty."""
    if isinstance(value, Mapping):
        entries = [(f"{key if _is_plain(key) else _quoted(key)}:", item) for key, item in value.items()]
    else:
        entries = [("-", item) for item in value]
    for lead, item in entries:
        start = f"{' ' * indent}{lead}"
        nested = bool(item) and isinstance(item, (Mapping, list))
        first, *rest = _block(item, indent + 2) if nested else _scalar(item, indent + 2, len(start) + 1)
        if nested and lead != "-":
            yield from (start, first)
        else:
            yield f"{start} {first.lstrip(' ')}"
        yield from rest


def _scalar(value: Any, indent: int, used: int) -> list[str]:
    """Return the lines of a scalar. The first follows its key or dash, which take ``used`` columns."""
    if isinstance(value, str):
        return _text(str(value), indent, used)
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Decimal):
        return [plain(value)]
    if isinstance(value, (list, Mapping)):
        return ["[]" if isinstance(value, list) else "{}"]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _text(text: str, indent: int, used: int) -> list[str]:
    short = text if _is_plain(text) else _quoted(text)
    block = text == text.strip() and not _UNFIT.search(text) and text
    if block and "\n" in text and not any(line != line.strip() for line in text.split("\n")):
        return ["|-", *(f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))]
    if block and "\n" not in text and used + len(short) > WIDTH:
        lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        if len(lines) > 1 and " ".join(lines) == text:
            return [">-", *(f"{' ' * indent}{line}" for line in lines)]
    return [short]


def _is_plain(text: str) -> bool:
    """Whether ``text`` needs no quotes in any YAML version."""
    return (
        bool(_PLAIN.fullmatch(text))
        and ": " not in text
        and " #" not in text
        and (not _OTHER_YAML.fullmatch(text) or bool(_DAY.fullmatch(text)))
        and isinstance(scalar_value(text), str)
    )


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and not _UNFIT.search(text) and "\n" not in text and "\\" not in text:
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
