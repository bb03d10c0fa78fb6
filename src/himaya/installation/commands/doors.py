"""The other doors: keys of partner organisations, and a test message through a gateway's door.

`add` and `rotate` print a key once; hand it over so that nobody else sees it. After `rotate` the
former key works for two more weeks. `say` signs a message as the gateway would, and prints what the
running site answers: the message becomes a report, so say that it is a test.
"""

from argparse import ArgumentParser, Namespace

from himaya.installation.inside import run_inside

NAME = "the organisation's name; never a person's"


def add(parser: ArgumentParser) -> None:
    """What to do, and about whom."""
    words = parser.add_subparsers(dest="what", required=True)
    words.add_parser("partners", help="list partners and until when their keys work")
    for word, summary in (
        ("add", "let an organisation hand over reports; prints its key"),
        ("rotate", "give a partner its next key; prints it"),
        ("revoke", "end every key of a partner at once"),
    ):
        about = words.add_parser(word, help=summary, allow_abbrev=False)
        about.add_argument("name", metavar="NAME", help=NAME)
    say = words.add_parser("say", help="a test message through a door", allow_abbrev=False)
    say.add_argument("door", metavar="DOOR", help="a table of secrets/gateways.toml")
    say.add_argument("text", metavar="TEXT", help="what the message says")


def run(options: Namespace) -> int:
    """Do it; returns 0."""
    return run_inside(options, "doors", settings="command")
