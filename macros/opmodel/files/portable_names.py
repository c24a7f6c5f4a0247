"""File names that every operating system accepts."""

import unicodedata

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('<>:"|?*\\')


def why_not_portable(name: str) -> str:
    """Return why a file should not have this name, or an empty text.

    Windows must be able to check it out, and readers must see every character of it.
    """
    if name.partition(".")[0].rstrip(" ").lower() in _DEVICES:
        return "is the name of a device on Windows"
    if name != name.rstrip(". "):
        return "ends in a dot or space, which Windows leaves out"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in name):
        return "holds a character that nobody sees"
    if found := next((sign for sign in name if sign in _FORBIDDEN), ""):
        return f"holds {found}, which no name on Windows can"
    return ""


def portable_key(name: str) -> str:
    """Return the same text for names that differ in case or in the form of their accents only."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
