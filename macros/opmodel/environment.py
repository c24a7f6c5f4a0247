"""Reads environment variables: the day of the build, what it does on errors, its host, and whether this runs on CI."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.util import find_spec

_STAMP, _SHOWN = "SOURCE_DATE_EPOCH", 40
ON_ERROR = ("stop", "publish")
"""What a build does where a packet has errors."""
FAULTY = 3
"""The exit code of a build that published packets with errors."""
_ON_ERROR = "OPMODEL_ON_ERROR"
HOSTS = ("mkdocs", "properdocs")
"""The programs that can build the site; the first that is installed does, unless ``OPMODEL_HOST`` names another."""
_HOST = "OPMODEL_HOST"
_OFF = ("0", "false")


def today(environment: Mapping[str, str] | None = None) -> date:
    """Return the day of ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) where it is set, else the present day."""
    stamp = (os.environ if environment is None else environment).get(_STAMP, "")
    return _day(stamp) or datetime.now(UTC).date()


def drop_unusable_date() -> str:
    """Take a ``SOURCE_DATE_EPOCH`` that names no day out of the environment, where the host would stumble over it.

    Returns:
        What to tell the user, or an empty text.
    """
    stamp = os.environ.get(_STAMP)
    if stamp is None or _day(stamp):
        return ""
    del os.environ[_STAMP]
    if not stamp:
        return ""
    shown = ascii(stamp if len(stamp) <= _SHOWN else f"{stamp[:_SHOWN]}...")
    return f"warning: {_STAMP} is ignored: expected whole seconds since 1970, such as 1795305600, found {shown}"


def _day(stamp: str) -> date | None:
    if not (stamp.isascii() and stamp.isdigit()):
        return None
    try:
        return datetime.fromtimestamp(int(stamp), UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def on_error(setting: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what a build does where a packet has errors: as ``OPMODEL_ON_ERROR`` says, else as the setting does.

    Raises:
        ValueError: The variable says something else.
    """
    found = (os.environ if environment is None else environment).get(_ON_ERROR) or setting
    if found not in ON_ERROR:
        raise ValueError(f"{_ON_ERROR}: expected {' or '.join(ON_ERROR)}, found {found[:_SHOWN]!a}")
    return found


def on_ci(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether the variable ``CI`` is set, and not to ``0`` or ``false``."""
    return _is_on("CI", environment)


def is_offline(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether ``OPMODEL_OFFLINE`` is set: ``opmodel offline`` builds a site that opens from a disk."""
    return _is_on("OPMODEL_OFFLINE", environment)


def _is_on(name: str, environment: Mapping[str, str] | None) -> bool:
    found = (os.environ if environment is None else environment).get(name, "")
    return bool(found) and found.strip().lower() not in _OFF


def host(environment: Mapping[str, str] | None = None) -> str:
    """Return the program that builds the site: what ``OPMODEL_HOST`` names, else the first that is installed.

    Raises:
        ValueError: The variable names a program that is none of them, or that is not installed.
    """
    installed = [name for name in HOSTS if find_spec(name)]
    wanted = (os.environ if environment is None else environment).get(_HOST)
    if not wanted:
        return installed[0] if installed else HOSTS[0]
    if wanted not in HOSTS:
        raise ValueError(f"{_HOST}: expected {' or '.join(HOSTS)}, found {wanted[:_SHOWN]!a}")
    if wanted not in installed:
        raise ValueError(f"{_HOST} names {wanted}, which is not installed; install it with: pip install {wanted}")
    return wanted


def other_host(running: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what ``OPMODEL_HOST`` names if that is not the host that runs, else an empty text."""
    wanted = (os.environ if environment is None else environment).get(_HOST, "")[:_SHOWN]
    return "" if wanted == running else wanted
