"""The reporters' site."""
