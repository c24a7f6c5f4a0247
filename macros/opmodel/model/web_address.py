"""The address of a site, taken apart strictly: a scheme, a host, perhaps a port, and a path."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_PARTS = re.compile(
    r"https?://(?:\[(?P<v6>[^\]]*)\]|(?P<host>[^:/\[\]]*))(?::(?P<port>[0-9]{1,5}))?(?P<path>/.*)?", re.I
)
_LABEL = re.compile(r"[\w](?:[\w-]{0,61}[\w])?")
_STEP = re.compile(r"(?:[^\s<>\"\\@?#%]|%[0-9A-Fa-f]{2})*")
_MAX_HOST, _MAX_PORT = 253, 65_535


def is_web_address(text: str) -> bool:
    """Return whether ``text`` is an http or https address of a host and a path, and nothing else."""
    parts = _PARTS.fullmatch(text)
    if not parts:
        return False
    host = _is_ip(IPv6Address, parts["v6"]) if parts["v6"] is not None else _is_host(parts["host"])
    port = parts["port"] is None or 1 <= int(parts["port"]) <= _MAX_PORT
    return host and port and _is_path(parts["path"] or "/")


def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    if labels[-1].isdigit():  # a number at the end is never a domain
        return _is_ip(IPv4Address, host)
    return len(host) <= _MAX_HOST and all(_LABEL.fullmatch(label) for label in labels)


def _is_ip(kind: type[IPv4Address] | type[IPv6Address], text: str) -> bool:
    try:
        return "%" not in text and bool(kind(text))
    except AddressValueError:
        return False


def _is_path(path: str) -> bool:
    steps = path.split("/")[1:]
    dots = {step.lower().replace("%2e", ".") for step in steps}.intersection({".", ".."})
    return not dots and "" not in steps[:-1] and all(_STEP.fullmatch(step) for step in steps)
