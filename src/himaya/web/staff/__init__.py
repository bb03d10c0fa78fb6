"""The officers' site: its addresses, its frame, and the pages made of several concepts."""
