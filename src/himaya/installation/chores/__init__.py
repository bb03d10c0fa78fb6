"""What the worker does again and again, each chore harmless to repeat."""
