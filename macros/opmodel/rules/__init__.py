"""The rules that ``opmodel check`` verifies: each has an id, a published meaning, and a function that yields problems.

To add a rule, write its function in the module of its subject, advice on it in ``advice.yml``, and a folder with a
broken example in ``tests/rules/bad/``.
"""
