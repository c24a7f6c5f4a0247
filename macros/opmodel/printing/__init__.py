"""Pages of the built site on paper: a browser that prints them, and packs of several packets in one document."""
