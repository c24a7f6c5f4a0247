"""From trees to the model: parse, don't validate. Past this room, every record is known to be well formed."""
