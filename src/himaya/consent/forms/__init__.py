"""What officers type and choose about a consent."""
