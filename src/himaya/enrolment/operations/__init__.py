"""Every write of this concept, one file a verb."""
