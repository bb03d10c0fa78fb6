"""Every write about a person who may have been seen before."""
