"""The institutions of the pathway and their desks, the units that receive things."""
