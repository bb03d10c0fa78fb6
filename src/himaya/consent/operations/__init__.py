"""Every write to a consent, one file a thing."""
