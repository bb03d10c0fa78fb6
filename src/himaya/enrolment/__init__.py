"""Officers come, change their desks and leave; their roles, and acts that need two bodies."""
