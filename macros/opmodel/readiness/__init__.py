"""Computes whether a packet may launch: the launch gates, sign-offs and what changed since, and code owners."""
