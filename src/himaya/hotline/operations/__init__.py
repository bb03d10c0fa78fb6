"""Every write to a call: one file a verb. Import the file you mean."""
