"""Asking for a screening, and making it."""
