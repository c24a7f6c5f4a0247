"""Completes the host's configuration of a build: the site's own settings, the theme's additions, folders to watch."""

import logging
import os
from pathlib import Path

from markupsafe import escape

from opmodel.adapter import theme_files
from opmodel.adapter.host import MkDocsConfig, PluginError, macros_log
from opmodel.adapter.host_files import docs_unreadable
from opmodel.adapter.markdown_tables import MarkdownTables
from opmodel.files.reading import SETTINGS_FILE
from opmodel.load.named_files import folder_problems
from opmodel.model.problem import Place
from opmodel.rules.check import Checked

_PACKAGE = Path(__file__).parents[1]


def configure_host(config: MkDocsConfig, root: Path, checked: Checked, empty_docs: str | None) -> None:
    """Complete the configuration of a build of the site in ``root``.

    Args:
        config: The host's configuration.
        root: The folder of the site.
        checked: The outcome of its check.
        empty_docs: None for a build. For a preview, the folder that takes the place of any other than ``docs/``, and of
            one with something in it that may not be read.

    Raises:
        PluginError: A build has another folder of pages, or a theme folder with something that may not be read.
    """
    serving = empty_docs is not None
    elsewhere = os.path.realpath(config.docs_dir) != os.path.realpath(root / "docs")
    if elsewhere and not serving:
        raise PluginError(f"{config.docs_dir} is not the folder docs of the site; expected docs_dir: docs")
    if site := checked.model.site:
        # the theme's templates print both as they are, so they must be HTML before
        config.site_name = escape(site.value.name)
        config.site_description = escape(site.value.description)
        if not serving:
            config.site_url = site.value.address.rstrip("/") + "/"
    _leave_out_theme(config, root, serving=serving)
    theme_files.add_to_theme(config)
    config.markdown_extensions.append(MarkdownTables())
    config.watch.append(str(root / "data"))
    if config.theme.custom_dir:
        config.watch.append(config.theme.custom_dir)
    if macros_log.getEffectiveLevel() > logging.DEBUG:  # what it finds in each site is the same
        macros_log.setLevel(logging.WARNING)
    if empty_docs is not None:
        if checked.stopping:  # the only page is that of the problems, so the host would miss every other
            config.nav = None
        config.watch += [str(root / "docs"), str(_PACKAGE)]
        if elsewhere or docs_unreadable(checked.problems):
            config.docs_dir = empty_docs
    if macros := config.plugins.get("macros"):  # a mistake in a page ends a build and is shown in a preview
        macros.config["on_error_fail"] = not serving


def _leave_out_theme(config: MkDocsConfig, root: Path, *, serving: bool) -> None:
    """Take the site's own theme folder out of a preview if something in it may not be read; end a build.

    The host may have another folder than the check, from a setting that only code or the environment makes.
    """
    folder = config.theme.custom_dir
    if not folder:
        return
    named = os.path.relpath(folder, root)
    problems = list(folder_problems(root, "theme.custom_dir", named, Place(SETTINGS_FILE)))
    if problems and not serving:
        raise PluginError("\n".join(map(str, problems)))
    if problems:
        config.theme.dirs.remove(folder)
