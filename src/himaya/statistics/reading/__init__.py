"""Reading published files: every line is taken or rejected with its reason, none is lost."""
