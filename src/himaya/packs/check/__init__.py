"""Whether a pack is right as a whole: every name known, every figure given, nothing twice."""
