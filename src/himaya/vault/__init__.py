"""Identities and words under seal: compartments, keys, grants, and who may open what."""
