"""The records of an operating model, and the closed lists of words. Nothing here reads files or renders pages."""
