"""The command line: making, starting, checking and measuring an installation."""
