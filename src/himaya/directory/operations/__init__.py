"""Everything that changes the directory and the rosters."""
