"""Reports in person and on paper: a form to print, and a page to enter what was said."""
