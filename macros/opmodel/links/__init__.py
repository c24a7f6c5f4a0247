"""Heads of pages, preview pictures, redirects from former addresses, and the page for unknown addresses."""
