"""Forms and letters as PDF, in each language and direction of script."""
