"""Spreadsheets: packets as worksheets, and worksheets and responsibility tables as YAML."""
