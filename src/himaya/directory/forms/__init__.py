"""What officers type and choose about services and rosters."""
