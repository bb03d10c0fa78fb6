"""Every write to a deadline, one file a thing."""
