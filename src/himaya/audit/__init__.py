"""The ledger: an append-only, Merkle-chained record of acts and of reads."""
