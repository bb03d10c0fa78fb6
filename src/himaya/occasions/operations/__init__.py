"""Every write of an occasion."""
