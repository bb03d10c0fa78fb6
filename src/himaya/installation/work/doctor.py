"""Examining the installation, as the worker's database role."""

from argparse import Namespace

from himaya.installation.doctor.examination import Examination
from himaya.installation.doctor.report import as_json, examine_now
from himaya.web.findings import line


def run(options: Namespace) -> int:
    """Print what was found; 1 when something dangerous was."""
    examination = examine_now()
    if options.json:
        print(as_json(examination))
    else:
        _print(examination)
    return 0 if examination.is_safe() else 1


def _print(examination: Examination) -> None:
    for finding in examination.findings:
        words = line(finding.code, finding.grade, finding.facts)
        print(f"{words.grade.upper():8}{words.sentence}")
        print(f"{'':8}{words.remedy}")
    safe = "nothing dangerous" if examination.is_safe() else "mend the dangers first"
    print(f"{examination.looked} things looked at, {len(examination.findings)} findings: {safe}.")
