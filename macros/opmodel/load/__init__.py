"""Validates trees into records and loads a site's folder. Records are never validated again after this room."""
