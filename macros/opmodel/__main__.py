"""``python -m opmodel`` is the ``opmodel`` command."""

from opmodel.commands import main

main()
