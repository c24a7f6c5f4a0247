"""The macros module: it only registers names. What each one shows is in :mod:`opmodel.adapter.macro_blocks`."""

from typing import Any


def define_env(env: Any) -> None:
    """Register every block as a macro of mkdocs-macros-plugin."""
    plugin = env.conf.plugins["opmodel"]
    for name in plugin.block_names():
        env.macro(plugin.macro(name, env), name)
