"""Every write of accountability: one file for each thing that is watched or opened."""
