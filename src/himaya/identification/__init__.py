"""Screening by the field's own indicators, and the decision on a person's status."""
