"""``api/``: the operating model as static JSON. ``shapes`` says what each document holds; the rest fills the shapes."""
