"""The macros module of sites: registers every macro. What each one shows is in :mod:`opmodel.adapter.macro_blocks`."""

from typing import Any


def define_env(env: Any) -> None:
    """Register every macro with mkdocs-macros-plugin."""
    from opmodel.permalinks.page_macros import MACROS  # a preview imports it again when the engine changes

    plugin = env.conf.plugins["opmodel"]
    for name in MACROS:
        env.macro(plugin.macro(name, env), name)
