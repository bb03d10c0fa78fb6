"""A release: what is locked, its known holes, bill of materials, archive and signatures."""
