"""Figures, built from nameless facts and from published tables, never from records."""
