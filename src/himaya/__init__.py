"""Himaya: a national referral system against trafficking in persons and smuggling of migrants."""
