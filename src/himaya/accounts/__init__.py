"""Officers, their roles, their sign-in and the guard of every officer's page."""
