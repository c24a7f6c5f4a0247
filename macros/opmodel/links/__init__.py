"""What a link shows before it is opened, and where an old one leads: heads, pictures, redirects, suggestions."""
