"""The archive of a release: the same bytes from the same commit, whoever builds it."""

import gzip
import hashlib
import subprocess
import tomllib
from pathlib import Path

from himaya.config.env import ROOT
from himaya.installation import processes
from himaya.installation.failure import Failure
from himaya.installation.release.pins import RUNS_ON

SUMS = "SHA256SUMS"


def version() -> str:
    """The version of this tree."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def build(into: Path, tree: Path = ROOT) -> list[Path]:
    """Write the archive of the tree's commit, its bill of materials and their sums.

    Refuses a tree with changes: what is released is what was reviewed.
    """
    if _git(tree, "status", "--porcelain", "--untracked-files=no"):
        raise Failure("This tree has changes that are in no commit. Commit them first.")
    into.mkdir(parents=True, exist_ok=True)
    name = f"himaya-{version()}"
    archive, bill = into / f"{name}.tar.gz", into / f"{name}.cdx.json"
    tar = _git(tree, "archive", "--format=tar", f"--prefix={name}/", "HEAD")
    archive.write_bytes(gzip.compress(tar, mtime=0))
    write_bill(bill, tree)
    sums = into / SUMS
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in (archive, bill)
    )
    sums.write_text("".join(lines), encoding="ascii")
    return [archive, bill, sums]


def write_bill(path: Path, tree: Path = ROOT) -> None:
    """The bill of materials in CycloneDX form: every package Himaya runs on, with its hashes."""
    command = processes.module(
        "cyclonedx_py",
        "requirements",
        str(tree / RUNS_ON.name),
        f"--pyproject={tree / 'pyproject.toml'}",
        "--short-PURLs",
        "--output-reproducible",
        "--of=JSON",
        f"--output-file={path}",
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"The bill of materials could not be made: {done.stderr.strip()}")


def _git(tree: Path, *arguments: str) -> bytes:
    command = ["git", "-c", "core.autocrlf=false", "-C", str(tree), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout
