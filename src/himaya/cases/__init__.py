"""One person's way through the pathway."""
