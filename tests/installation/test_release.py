"""A release: everything locked, no hole unseen, the same bytes for all, two people behind it."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.config.env import ROOT
from himaya.installation.failure import Failure
from himaya.installation.release import advisories, archive, signatures
from himaya.installation.release.advisories import judge, look_up
from himaya.installation.release.pins import LOCKS, Pin, pins
from tests.factories.threats import OFF, threat

ONE, TWO = Pin("one", "1.0"), Pin("two", "2.0")


def test_every_package_of_every_lock_is_a_pin():
    lines = [line for lock in LOCKS for line in lock.read_text().splitlines() if "==" in line]

    assert {f"{pin.name}=={pin.version}" for pin in pins()} == {
        line.split(" ")[0].lower() for line in lines if not line.startswith((" ", "#"))
    }
    assert len(pins()) > 60


@contextmanager
def unseen():
    """Only holes count, as with a gate that trusts whatever it was answered."""
    with mock.patch.object(advisories.Finding, "is_green", lambda found: not found.holes):
        yield


CLEAN = [{"name": pin.name, "version": pin.version, "vulns": []} for pin in (ONE, TWO)]


def test_packages_without_known_holes_are_green():
    found = judge([ONE, TWO], CLEAN)

    assert (found.is_green(), found.looked_up) == (True, 2)


def test_a_known_hole_is_red():
    holed = [CLEAN[0], {**CLEAN[1], "vulns": [{"id": "EXAMPLE-1"}]}]

    assert judge([ONE, TWO], holed).holes == ["two 2.0: EXAMPLE-1"]
    assert not judge([ONE, TWO], holed).is_green()


@threat("C11", off=unseen)
@pytest.mark.parametrize(
    "answer",
    [
        [],
        CLEAN[:1],
        [CLEAN[0], {"name": "two", "skip_reason": "not found"}],
        [CLEAN[0], {**CLEAN[1], "version": "2.1"}],
    ],
)
def test_a_package_that_was_not_looked_up_is_red(answer):
    assert not judge([ONE, TWO], answer).is_green()


@contextmanager
def osv(vulnerable=()):
    """An OSV service on this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = asked["package"]["name"]
            holes = [hole(name)] if name in vulnerable else []
            body = json.dumps({"vulns": holes}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def hole(name):
    affected = {"package": {"name": name, "ecosystem": "PyPI"}}
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]
    return {"id": "EXAMPLE-1", "summary": "", "affected": [{**affected, "ranges": ranges}]}


@pytest.mark.slow
@threat("C11", off=unseen)
def test_a_source_that_does_not_answer_is_red():
    assert not look_up([ONE], "http://127.0.0.1:9/v1/query").is_green()


@pytest.mark.slow
def test_the_real_tool_is_asked_about_every_locked_package():
    with osv(vulnerable={"django"}) as source:
        found = look_up(pins(), source)

    assert (found.looked_up, found.blind) == (len(pins()), [])
    assert [line.split(":")[1] for line in found.holes] == [" EXAMPLE-1"]


def wheel(directory, inside=b"harmless = True\n"):
    """A small package as a wheel; returns its file."""
    files = {
        "example.py": inside,
        "example-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: example\nVersion: 1.0\n",
        "example-1.0.dist-info/WHEEL": (
            b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    record = "".join(
        f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items()
    )
    directory.mkdir(exist_ok=True)
    path = directory / "example-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
        packed.writestr("example-1.0.dist-info/RECORD", record + "example-1.0.dist-info/RECORD,,\n")
    return path


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def uv():
    """The installer that the launcher uses."""
    found = shutil.which("uv") or ROOT / ".venv" / "installer" / "bin" / "uv"
    assert shutil.which(found), "the launcher's installer is not here: nothing could be tried"
    return str(found)


@pytest.mark.slow
@threat("C11")
def test_a_wheel_that_is_not_the_locked_one_is_refused(tmp_path, control):
    """As the launcher installs: every hash required. The control off: without hashes."""
    good = hashlib.sha256(wheel(tmp_path / "wheels").read_bytes()).hexdigest()
    lock = tmp_path / "lock"
    lock.write_text(f"example==1.0 --hash=sha256:{good}\n" if control != OFF else "example==1.0\n")
    hashes = ["--require-hashes"] if control != OFF else []
    where = ["--no-index", "--find-links", str(tmp_path / "wheels"), "--no-cache"]
    target = ["--target", str(tmp_path / "installed"), "--python", sys.executable]
    command = [uv(), "pip", "install", *hashes, *where, *target, "-r", str(lock)]

    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    shutil.rmtree(tmp_path / "installed")
    wheel(tmp_path / "wheels", inside=b"import os  # planted\n")
    tampered = subprocess.run(command, capture_output=True, check=False)

    assert tampered.returncode != 0
    assert not (tmp_path / "installed" / "example.py").exists()


@pytest.fixture
def commit(tmp_path):
    """A small repository with what a release reads of the tree."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tree / name)
    git = [
        "git",
        "-C",
        str(tree),
        "-c",
        "user.name=somebody",
        "-c",
        "user.email=",
        "-c",
        "commit.gpgsign=false",
    ]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "A tree"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    return tree


@pytest.mark.slow
@threat("C11")
def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path, commit, control):
    clone = tmp_path / "elsewhere" / "clone"
    subprocess.run(["git", "clone", "-q", str(commit), str(clone)], check=True)
    os.utime(clone / "requirements.lock", (1, 1))
    if control == OFF:
        subprocess.run(
            [
                "git",
                "-C",
                str(clone),
                "-c",
                "user.name=x",
                "-c",
                "user.email=",
                "commit",
                "-q",
                "--allow-empty",
                "--amend",
                "-m",
                "Another",
                "--date=2001-01-01T00:00:00Z",
            ],
            check=True,
            env={**os.environ, "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"},
        )

    # Their digests: what differs in megabytes would be compared for an hour to be shown.
    one, two = (
        [hashlib.sha256(path.read_bytes()).hexdigest() for path in archive.build(place, tree)]
        for place, tree in ((tmp_path / "one", commit), (tmp_path / "two", clone))
    )

    assert one == two


@pytest.mark.slow
def test_a_tree_with_changes_is_not_released(tmp_path, commit):
    (commit / "requirements.lock").write_text("")

    with pytest.raises(Failure, match="in no commit"):
        archive.build(tmp_path / "one", commit)


@pytest.mark.slow
def test_the_bill_of_materials_names_every_package_with_its_hashes(tmp_path):
    archive.write_bill(tmp_path / "bill.json")

    bill = json.loads((tmp_path / "bill.json").read_text())
    named = {Pin(part["name"].lower(), part["version"]) for part in bill["components"]}
    assert named == set(pins(LOCKS[:1]))
    assert all(part["externalReferences"][0]["hashes"] for part in bill["components"])


@pytest.fixture
def built(tmp_path):
    """Files as `build` leaves them."""
    file = tmp_path / "himaya-0.tar.gz"
    file.write_bytes(b"an archive")
    sums = f"{hashlib.sha256(b'an archive').hexdigest()}  {file.name}\n"
    (tmp_path / archive.SUMS).write_text(sums)
    return tmp_path


ONE_KEY, OTHER_KEY = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
KEYS = {"first": ONE_KEY.public_key(), "second": OTHER_KEY.public_key()}


def test_a_release_that_two_people_signed_is_good(built):
    signatures.sign(built, "first", ONE_KEY)
    signatures.sign(built, "second", OTHER_KEY)

    assert signatures.verify(built, KEYS) == ["first", "second"]


@contextmanager
def one_is_enough():
    with mock.patch.object(signatures, "ENOUGH", 1):
        yield


@threat("C11", off=one_is_enough)
@pytest.mark.parametrize(
    "second", ["nobody", "the same key again", "a stranger", "for other files"]
)
def test_one_persons_signature_is_not_enough(built, second):
    signatures.sign(built, "first", ONE_KEY)
    keys = dict(KEYS)
    if second == "the same key again":
        keys["second"] = ONE_KEY.public_key()
        signatures.sign(built, "second", ONE_KEY)
    elif second == "a stranger":
        signatures.sign(built, "second", Ed25519PrivateKey.generate())
    elif second == "for other files":
        (built / "second.signature").write_text(base64.b64encode(OTHER_KEY.sign(b"other")).decode())

    with pytest.raises(Failure, match="Do not install"):
        signatures.verify(built, keys)


def test_an_archive_that_was_changed_after_signing_is_refused(built):
    signatures.sign(built, "first", ONE_KEY)
    signatures.sign(built, "second", OTHER_KEY)
    (built / "himaya-0.tar.gz").write_bytes(b"another archive")

    with pytest.raises(Failure, match=r"himaya-0\.tar\.gz"):
        signatures.verify(built, KEYS)


def test_keys_are_read_from_lines_of_name_and_number(tmp_path):
    listed = tmp_path / "keys"
    written = ONE_KEY.public_key().public_bytes_raw().hex()
    listed.write_text(f"# who may sign\n\nfirst {written}\n")

    assert signatures.read_keys(listed)["first"].public_bytes_raw().hex() == written
