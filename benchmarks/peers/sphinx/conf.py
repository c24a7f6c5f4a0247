"""Settings of the Sphinx site: Markdown that is already made, the furo theme, packets outside the navigation."""

project = "Operating model"
extensions = ["myst_parser"]
html_theme = "furo"
html_copy_source = False
suppress_warnings = ["myst.xref_missing", "toc.not_included", "misc.highlighting_failure"]
