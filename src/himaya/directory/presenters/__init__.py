"""The directory and the rosters in words."""
