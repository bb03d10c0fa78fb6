"""What a service asks of a person, when it is open, and who may say what about it."""
