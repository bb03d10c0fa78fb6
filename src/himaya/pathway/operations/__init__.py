"""Writes that span concepts: ending a case by two, and steps without a page of their own."""
