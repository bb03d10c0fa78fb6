"""What every concept shares: who acts, what is refused, which moves a state allows. No database."""
