"""Decisions about a person's status: weighed apart, compared, made, told, and looked at again."""
