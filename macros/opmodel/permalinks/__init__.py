"""Every address that a site publishes, the record of all that it ever published, and redirects between them."""
