"""Words of referrals for templates."""
