"""One sealed file that holds an installation, and an installation out of one such file."""
