"""Every write to a case, one file a thing."""
