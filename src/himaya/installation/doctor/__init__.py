"""Is this installation safe? Each check looks at one thing and says what to do."""
