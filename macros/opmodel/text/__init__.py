"""Words and names: lists and counts in sentences, ids made of words, the nearest match, characters that mislead."""
