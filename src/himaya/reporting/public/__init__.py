"""A person reports: no account, no cookie, and nothing stored before Send."""
