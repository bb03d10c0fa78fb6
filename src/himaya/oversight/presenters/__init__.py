"""Wording of the committee's pages."""
