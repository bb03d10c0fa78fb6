"""Every write to a referral, and every read of what travels with it: one file a part of its way."""
