"""Pages of occasions: the list, one occasion, one person who was met there."""
