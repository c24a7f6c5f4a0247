"""The command line as an author uses it: in a site's folder, one command at a time."""

from pathlib import Path

from click.testing import CliRunner, Result

from opmodel.commands.main import command_group


def opmodel(site: Path, *arguments: str, code: int = 0) -> Result:
    """Run a command on a site and return what it printed; the exit code must be ``code``."""
    words = [*arguments, *([] if arguments[0] in ("check", "init", "rules") else ["--site", str(site)])]
    done = CliRunner().invoke(command_group(), words, prog_name="opmodel")
    assert done.exit_code == code, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
