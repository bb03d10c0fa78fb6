"""How long content is kept, and what then: legal hold, shredding, tombstones."""
