"""A confidential report: from the first word to the desk that answers."""
