"""`python -m himaya`: the command line."""

import sys

from himaya.installation.main import main

sys.exit(main(sys.argv[1:]))
