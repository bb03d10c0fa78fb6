"""The list of everything that has a date: late first, and nothing left out."""
