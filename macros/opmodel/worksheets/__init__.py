"""Worksheets: packets and responsibility tables as spreadsheets, and back as YAML in the style of this house."""
