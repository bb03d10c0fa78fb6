"""The pages of a call in words: the officer's, and beside them what to say to the caller."""
