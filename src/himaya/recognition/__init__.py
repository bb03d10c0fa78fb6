"""Whether a person was seen before: suggested by blind tokens, answered by people."""
