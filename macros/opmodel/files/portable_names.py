"""File names that every operating system accepts."""

import unicodedata

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}


def why_not_portable(name: str) -> str:
    """Return why Windows cannot have a file or folder of this name, or an empty text where it can."""
    if name.partition(".")[0].rstrip(" ").lower() in _DEVICES:
        return "is the name of a device on Windows"
    if name != name.rstrip(". "):
        return "ends in a dot or space, which Windows leaves out"
    if found := next((sign for sign in name if sign in _FORBIDDEN), ""):
        return f"holds {found}, which no name on Windows can"
    return ""


def portable_key(name: str) -> str:
    """Return the same text for names that differ in case or in the form of their accents only."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
