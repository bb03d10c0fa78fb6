"""The forms of an interview: how it is arranged, what is asked, what the officer finds."""
