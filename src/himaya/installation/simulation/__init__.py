"""An invented country: cases drawn from published counts, for load, training and demonstrations."""
