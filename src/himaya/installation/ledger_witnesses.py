"""`himaya ledger witness`: who watches this ledger, and what each of them has seen."""

import json
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from himaya.audit import checkpoints, witnesses, witnessing
from himaya.audit.files import write_whole
from himaya.audit.heads import newest_tiles
from himaya.audit.origin import origins
from himaya.audit.witnessed import Seen
from himaya.audit.witnesses import Witness
from himaya.config.env import environment
from himaya.installation.failure import Failure


def run(options: Namespace) -> int:
    """Do what was asked; 1 when a witness did not co-sign, or there is none."""
    data = environment().data
    if options.action == "key":
        return _key(options)
    if options.action == "add":
        return _add(options, data)
    if options.action == "ask":
        return _ask(options, data)
    return _list(options, data)


def _key(options: Namespace) -> int:
    """The line that a witness must know to follow this ledger."""
    key = checkpoints.log_key(origins()[-1].name).written()
    print(json.dumps({"key": key}) if options.json else key)
    return 0


def _add(options: Namespace, data: Path) -> int:
    """Trust one more witness."""
    try:
        name, key, url = options.given
        witness = witnesses.made(name, key, url)
    except ValueError as error:
        raise Failure(f"That is no witness: {error}.") from None
    if "/" in name or name.startswith("."):
        raise Failure("The name becomes that of a file: it takes no slash and no leading dot.")
    write_whole(witnesses.directory(data) / name, witness.written().encode())
    print(json.dumps({"name": name}) if options.json else f"{name} is trusted from now on.")
    return 0


def _ask(options: Namespace, data: Path) -> int:
    """Have the newest signed head co-signed now."""
    asked = witnessing.ask_all(witnesses.trusted(data), newest_tiles(data), data=data)
    lines = [_line(each.witness, each.seen, each.said) for each in asked]
    _show(options, lines)
    return 0 if asked and all(each.seen for each in asked) else 1


def _list(options: Namespace, data: Path) -> int:
    """What each witness has seen, as far as this installation knows."""
    origin = origins()[-1].name
    known = witnesses.trusted(data)
    _show(options, [_line(each, witnessing.kept(each, origin, data=data)) for each in known])
    return 0


def _line(witness: Witness, seen: Seen | None, said: str = "") -> dict[str, object]:
    return {
        "name": witness.name,
        "key": witness.key.written(),
        "url": witness.url,
        "size": seen.head.size if seen else None,
        "at": datetime.fromtimestamp(seen.moment, UTC).isoformat() if seen else None,
        "said": said,
    }


def _show(options: Namespace, lines: list[dict[str, object]]) -> None:
    if options.json:
        print(json.dumps({"witnesses": lines}))
    elif not lines:
        print("No witness is trusted. docs/operating/witness.md says how another body becomes one.")
    for line in [] if options.json else lines:
        seen = f"saw {line['size']:,} entries at {line['at']}" if line["size"] else "saw none yet"
        print(f"{line['name']}  {seen}  {line['url']}  {line['said']}".rstrip())
