"""Every write to a decision that takes no step of the pathway."""
