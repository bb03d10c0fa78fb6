"""Pages of the screening card."""
