"""What runs inside the installation, with Django set up: each module has `run(options) -> int`."""
