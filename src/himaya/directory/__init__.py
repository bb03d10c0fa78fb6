"""Services and who is on duty: Open Referral HSDS, with what it lacks."""
