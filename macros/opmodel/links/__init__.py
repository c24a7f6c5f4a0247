"""Heads of pages, preview pictures, redirects from former addresses, and what the page for unknown ones suggests."""
