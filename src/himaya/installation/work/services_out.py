"""Exporting services as HSDS: of the whole list only a few services are in memory."""

import sys
from argparse import Namespace
from pathlib import Path

from django.db import connection, transaction

from himaya.directory.hsds.handing_out import lines
from himaya.installation.failure import Failure

AT_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def run(options: Namespace) -> int:
    """Write the list as it stands at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AT_ONE_MOMENT)
        if options.output is None:
            sys.stdout.writelines(lines())
        else:
            _into(options.output)
    return 0


def _into(path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(lines())
    except FileExistsError:
        raise Failure(f"{path} is there already. Name a new file.") from None
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror}.") from None
