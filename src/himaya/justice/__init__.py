"""What the prosecution does with what was referred; only statuses cross back."""
