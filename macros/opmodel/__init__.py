"""opmodel: write down, check and publish how business and IT share responsibility for AI-agent workflows."""

import sys

__version__ = "0.1.0.dev0"

if sys.flags.optimize:  # -O and -OO; before any other module of this package is imported
    from opmodel.docstrings import keep_docstrings

    keep_docstrings()
