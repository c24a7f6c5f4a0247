"""What must hold. One rule is one id, one meaning (which the site publishes) and one function that yields problems.

To add a rule: write the function in the module of its subject, add it to ``CHECKS`` in :mod:`opmodel.rules.catalog`,
and add a folder with a broken example under ``tests/rules/bad/``.
"""
