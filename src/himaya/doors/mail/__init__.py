"""Reports by e-mail: fetched, sealed at once, and removed from the mailbox once stored."""
