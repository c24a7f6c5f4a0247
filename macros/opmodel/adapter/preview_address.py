"""The address at which a preview is served: free, or refused in one line before anything is built."""

import errno
import os
import socket
from collections.abc import Iterator

_LAST_PORT = 65_535


def why_not_served(host: str, port: int, program: str) -> str:
    """Return why nothing can be served at an address, with a command that works; an empty text if it can be.

    Args:
        host: The name or number of the machine.
        port: The port.
        program: The host program, for the command.
    """
    try:
        _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = next(_free_ports(host, port), None)
            return f"port {port} of {host} is in use{_instead(host, free, program)}"
        free = next(_free_ports(host, max(port, 8000)), None) if error.errno == errno.EACCES else None
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        return f"nothing can be served at port {port} of {host} ({reason}){_instead(host, free, program)}"
    return ""


def _instead(host: str, port: int | None, program: str) -> str:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return (
        f"; port {port} is free: {program} serve --dev-addr {address}" if port else "; choose another with --dev-addr"
    )


def _free_ports(host: str, after: int) -> Iterator[int]:
    for port in range(after + 1, _LAST_PORT + 1):
        try:
            _listen(host, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                return
        else:
            yield port


def _listen(host: str, port: int) -> None:
    """Listen at an address for a moment, as the server of the host does."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as found:
        if os.name == "posix":  # elsewhere this would take a port that is in use
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(1)
