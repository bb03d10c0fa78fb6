"""Where the open cases of an edition stand, for a comparison of two packs."""

from argparse import Namespace

from himaya.cases.standing import standing_of
from himaya.packs.editions import code_of


def run(options: Namespace) -> int:
    """Count them into `options.standing`; the older pack is `options.older`."""
    options.standing = standing_of(code_of(options.older))
    return 0
