"""Where the files of packets and of their sign-offs stand, from the folder of a site."""

PACKETS_FOLDER, SIGNOFFS_FOLDER = "data/workflows", "data/signoffs"


def packet_path(name: str) -> str:
    """Return the path of the packet ``name``."""
    return f"{PACKETS_FOLDER}/{name}.yml"


def signoffs_path(packet: str) -> str:
    """Return the path of a packet's sign-offs."""
    return f"{SIGNOFFS_FOLDER}/{packet}.yml"
