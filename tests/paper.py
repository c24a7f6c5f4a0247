"""PDF files as a printer gets them."""

import re
from pathlib import Path


def sheet_sizes(file: Path) -> list[tuple[int, int]]:
    """Return the size of every page of a PDF file, in points."""
    boxes = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes(), re.DOTALL)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
