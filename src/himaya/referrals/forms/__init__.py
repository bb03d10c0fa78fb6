"""What officers, and bodies without an account, say about referrals."""
