"""Files of the disk: reading, writing, watching, names, and the history that git keeps."""
