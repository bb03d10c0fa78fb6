"""Every write of retention, one file a verb."""
