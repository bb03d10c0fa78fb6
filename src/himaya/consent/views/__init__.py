"""Pages of consent, one file a part of its life."""
