"""How dates, times and numbers are written, one module a language."""
