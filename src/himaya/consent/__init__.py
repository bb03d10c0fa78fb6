"""What a person allows: to whom, for what, until when; and its withdrawal."""
