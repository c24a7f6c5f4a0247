"""A preview at a port that is in use ends with one line that names it and the next free one."""

import errno
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from forks import run_module
from opmodel.adapter.preview_address import why_not_served
from sites import good

HERE = "127.0.0.1"


@pytest.fixture
def used() -> Iterator[int]:
    with socket.create_server((HERE, 0)) as server:
        yield int(server.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as found:
        return found.connect_ex((HERE, port)) == 0


def test_a_port_in_use_is_named_with_the_next_free_one(used: int) -> None:
    said = why_not_served(HERE, used, "properdocs")
    assert said.startswith(f"port {used} of {HERE} is in use; port ")
    free = int(said.rpartition(":")[2])
    assert free > used
    assert not listening(free)
    assert said.endswith(f"; port {free} is free: properdocs serve --dev-addr {HERE}:{free}")


def test_the_next_port_is_passed_over_if_it_is_in_use_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def listen(host: str, port: int) -> None:
        if port < 8003:
            raise OSError(errno.EADDRINUSE, "in use")

    monkeypatch.setattr("opmodel.adapter.preview_address._listen", listen)
    assert why_not_served("::1", 8000, "mkdocs").endswith("port 8003 is free: mkdocs serve --dev-addr [::1]:8003")


def test_where_no_port_is_left_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def listen(host: str, port: int) -> None:
        raise OSError(errno.EADDRINUSE, "in use")

    monkeypatch.setattr("opmodel.adapter.preview_address._listen", listen)
    said = why_not_served(HERE, 65_530, "mkdocs")
    assert said == f"port 65530 of {HERE} is in use; choose another with --dev-addr"


def test_an_address_of_another_machine_is_refused() -> None:
    assert why_not_served("192.0.2.1", 8000, "mkdocs").startswith("nothing can be served at port 8000 of 192.0.2.1 (")


def test_a_name_of_no_machine_is_refused() -> None:
    assert "(" in why_not_served("no-machine.invalid", 8000, "mkdocs")


def test_a_free_port_is_served(used: int) -> None:
    free = int(why_not_served(HERE, used, "mkdocs").rpartition(":")[2])
    assert why_not_served(HERE, free, "mkdocs") == ""


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--clean",)])
def test_a_preview_prints_that_one_line(options: tuple[str, ...], used: int, tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "mkdocs.yml").write_text(
        (site / "mkdocs.yml").read_text().replace("  - opmodel\n", "  - opmodel:\n      previews: false\n")
    )
    done = run_module("mkdocs", "serve", *options, "--dev-addr", f"{HERE}:{used}", cwd=site, NO_MKDOCS_2_WARNING="1")
    assert done.returncode == 1
    printed = done.stdout + done.stderr
    assert printed.count(f"port {used} of {HERE} is in use; port ") == 1
    assert "Traceback" not in printed
