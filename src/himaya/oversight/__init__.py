"""The committee: its figures, meetings, decisions and what is due from them."""
