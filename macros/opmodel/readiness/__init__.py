"""Whether a packet may launch: what is material, what was signed, and the gates. All of it is computed."""
