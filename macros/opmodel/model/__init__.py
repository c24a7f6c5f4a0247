"""The model: what an operating model is made of, as frozen records. Nothing here reads files or renders pages."""
