"""How devices, records and advice are worded."""
