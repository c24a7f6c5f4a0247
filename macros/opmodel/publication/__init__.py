"""What is published where packets have errors: the last good version of each, and the rest of the site as it is.

Errors are grouped by packet (`faults`), the last version of a packet without an error is looked for in the history
(`versions`), and the site is checked once more with these versions in the place of the faulty ones (`publish`).
"""
