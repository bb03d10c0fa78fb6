"""Tables of this concept."""
