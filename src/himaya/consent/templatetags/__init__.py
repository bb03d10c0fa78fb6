"""Words of consent for templates."""
