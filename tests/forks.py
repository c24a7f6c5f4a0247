"""Python's ``-m`` commands as processes of their own that start at once, because what they import is loaded already.

A helper process imports the host, its plugins and the engine, and runs each command in a copy of itself. So a command
finds nothing that a test or another command did. Variables that Python reads when it starts, such as
``PYTHONHASHSEED``, have no effect here: a test of those starts a process of its own.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

LOADED = (
    *("mkdocs.commands.build", "mkdocs.commands.serve", "mkdocs.contrib.search", "mkdocs.themes"),
    *("mkdocs_macros.plugin", "material.plugins.search.plugin", "pygments.formatters", "pygments.lexers"),
    *("markdown.extensions.attr_list", "markdown.extensions.md_in_html", "markdown.extensions.tables"),
    *("markdown.extensions.toc", "dateutil.parser", "encodings.idna", "multiprocessing.synchronize"),
    *("check_jsonschema.cli.main_command", "jsonschema.validators"),
)
"""What commands import only when they need it, beside the modules of the engine."""
Done = subprocess.CompletedProcess[str]


def run_module(module: str, *arguments: str | Path, cwd: Path, **environment: str) -> Done:
    """Run ``python -m module`` in a folder, with the variables of this process and those that are given."""
    words = [module, *map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder) / "output", Path(folder) / "errors"
        variables = {**os.environ, **environment}
        helper = _helper(os.getpid())
        assert helper.stdin
        assert helper.stdout
        helper.stdin.write(json.dumps([words, str(cwd), variables, str(output), str(errors)]) + "\n")
        helper.stdin.flush()
        code = int(helper.stdout.readline())
        return Done(words, code, output.read_text(encoding="utf-8"), errors.read_text(encoding="utf-8"))


@cache
def _helper(process: int) -> subprocess.Popen[str]:
    """Start the helper of a process, once; it ends when nothing can ask it any more."""
    helper = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert helper.stdin
    atexit.register(helper.wait)
    atexit.register(helper.stdin.close)
    return helper


def _serve() -> None:
    """Load everything, then run each command that comes in a copy of this process, and answer with its exit code."""
    import opmodel

    for module in pkgutil.walk_packages(opmodel.__path__, "opmodel."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # copies then share what was loaded
    for line in sys.stdin:
        if (copy := os.fork()) == 0:
            _become(*json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)


def _become(words: list[str], folder: str, variables: dict[str, str], output: str, errors: str) -> None:
    """Run a command as ``python -m`` does."""
    for number, path in enumerate((os.devnull, output, errors)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
