"""The screening card: an officer asks a person without a network, and a desk receives it."""
