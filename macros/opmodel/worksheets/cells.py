"""Cells that hold several names."""

import re


def split_names(text: str) -> list[str]:
    """Return the names in a cell, one a line or parted by commas, semicolons, slashes, ``&`` or ``and``."""
    parts = re.split(r"[\n,;/&+]| and (?=\S)", text)
    return [name for part in parts if (name := part.strip(" •-–*\t."))]
