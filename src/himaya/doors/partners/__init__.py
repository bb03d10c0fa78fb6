"""Reports that organisations' own systems hand over: one address, one key each, one document."""
