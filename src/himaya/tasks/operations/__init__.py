"""Every write to a task: one file a part of its way."""
