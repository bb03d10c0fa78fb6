"""How much a file may ask of the box that draws it."""

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 25
SECONDS = 30  # by the clock on the wall, after which the box is gone
MOST_OUTPUT = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_PAGES = 5
SIDE = 1600  # pixels of the longer side of what is shown

# What the program in the box ends with.
TOO_MANY_PIXELS = 3
