"""Whether this runs on a machine for continuous integration, where nobody reads warnings."""

import os
from collections.abc import Mapping

_OFF = ("", "0", "false", "no", "off")


def on_ci(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether the variable ``CI`` is set, and not to a word for no."""
    return (os.environ if environment is None else environment).get("CI", "").strip().lower() not in _OFF
