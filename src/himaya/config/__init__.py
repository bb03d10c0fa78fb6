"""Settings of each process: one file a process, all read from the environment once."""
