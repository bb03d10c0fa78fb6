"""What the page of a case is made of: one file a concept, and the list of them in `registry`."""
