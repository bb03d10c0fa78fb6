"""The hotline: an operator takes a call and files what was said."""
