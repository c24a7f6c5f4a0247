"""``api/``: the operating model as static JSON documents. ``shapes`` are their models, ``content`` fills them."""
