"""PDF files of the built site: one packet, or a review pack of all packets of a team."""
