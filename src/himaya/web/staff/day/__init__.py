"""My day: one list of what waits for an officer, in the order to do it (S1)."""
