"""Where people must be screened: at a door, in a raid, on a list; each is, or it says why not."""
