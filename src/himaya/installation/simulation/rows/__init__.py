"""An invented life as rows, one file a kind of record. Each has sheets, and writes one life."""
