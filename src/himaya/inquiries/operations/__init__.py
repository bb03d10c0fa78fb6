"""Every write of an inquiry."""
