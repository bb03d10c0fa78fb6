"""Services, where and when they are given, and who is on duty: Open Referral HSDS, with what it lacks."""
