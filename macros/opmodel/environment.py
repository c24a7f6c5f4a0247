"""Environment variables: the day of the build, and whether this runs on continuous integration."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

_OFF = ("", "0", "false", "no", "off")


def today(environment: Mapping[str, str] | None = None) -> date:
    """Return the day of ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) where it is set, else the present day."""
    stamp = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    if stamp.isascii() and stamp.isdigit():
        try:
            return datetime.fromtimestamp(int(stamp), UTC).date()
        except (OverflowError, ValueError, OSError):
            pass
    return datetime.now(UTC).date()


def drop_unusable_date() -> None:
    """Take a ``SOURCE_DATE_EPOCH`` that names no day out of the environment, where the host would stumble over it."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    if stamp is None:
        return
    try:
        usable = stamp.isascii() and stamp.isdigit() and bool(datetime.fromtimestamp(int(stamp), UTC))
    except (OverflowError, ValueError, OSError):
        usable = False
    if not usable:
        del os.environ["SOURCE_DATE_EPOCH"]


def on_ci(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether the variable ``CI`` is set, and not to a word for no."""
    return (os.environ if environment is None else environment).get("CI", "").strip().lower() not in _OFF
