"""The same content for other tools: JSON, JSON Schema, CSV, calendars, a feed, and Markdown.

Each module writes one format. All are pure functions of what was checked; nothing here reads or writes a file.
"""
