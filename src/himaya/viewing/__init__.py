"""The viewing copy of a file that somebody sent: pictures, drawn in a box without network."""
