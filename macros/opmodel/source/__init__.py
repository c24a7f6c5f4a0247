"""Parses the bytes of a YAML file into a tree of values with lines and columns, independent of what they mean."""
