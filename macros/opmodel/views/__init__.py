"""Views: the data that templates print. Every display decision is made here; templates only loop and print.

Views are frozen and hold plain text (escaped later, by the templates), addresses relative to the site's root, and
HTML only where :mod:`opmodel.views.markdown_fields` made it.
"""
