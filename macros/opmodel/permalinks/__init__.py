"""What this site has ever published, what it publishes now, and where the rest has moved to."""
