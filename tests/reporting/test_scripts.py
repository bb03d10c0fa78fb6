"""The scripts of the reporters' site: small, ours, under their digests, and of one bucket."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha384
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.roles import as_role

pytestmark = pytest.mark.django_db

OURS = ("leave", "seal", "record", "count")
MODULE = 25_000
OURS_TOGETHER = 6_000
TAG = re.compile(
    r'<script nonce="[\w-]+" src="/s/web/(\w+)\.js"(?: integrity="(sha384-[^"]+)")? defer>'
)


def script(name: str) -> bytes:
    """A script as it is served."""
    return Path(finders.find(f"web/{name}.js")).read_bytes()


def test_the_sealing_module_and_our_own_scripts_keep_their_budgets():
    assert len(gzip.compress(script("age"), 9)) <= MODULE
    assert sum(len(gzip.compress(script(name), 9)) for name in OURS) <= OURS_TOGETHER


def test_the_sealing_module_is_on_the_page_where_words_are_written_and_on_no_other(reporters_site):
    for path, there in (("/", False), ("/1", True), ("/5", False), ("/9", False)):
        with as_role("public"):
            page = Client().get(path).content.decode()
        assert ("age" in {name for name, _digest in TAG.findall(page)}) is there


def test_a_sealing_script_runs_only_with_the_bytes_that_we_made(reporters_site):
    with as_role("public"):
        page = Client().get("/1").content.decode()

    digests = dict(TAG.findall(page))
    for name in ("age", "seal", "record", "count"):
        assert digests[name] == "sha384-" + b64encode(sha384(script(name)).digest()).decode()


def test_the_built_module_comes_with_its_map_and_the_licences_of_all_that_is_in_it():
    folder = Path(finders.find("web/age.js")).parent
    sources = json.loads((folder / "age.js.map").read_text())["sources"]
    licences = (folder / "age.LICENSE").read_text()

    packages = {
        found[1]
        for source in sources
        if (found := re.search(r"node_modules/((?:@\w+/)?[\w-]+)", source))
    }
    assert len(packages) >= 4
    assert all(f"{package} " in licences for package in packages)
    assert b"sourceMappingURL=age.js.map" in script("age")


def test_with_script_every_page_has_the_length_of_every_other(visitor, desks):
    visitor.client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    lengths = []

    class Packed(type(visitor)):
        def _take(self, response):
            lengths.append(len(response.content))
            response.content = gzip.decompress(response.content)
            return super()._take(response)

    visitor.__class__ = Packed
    visitor.get("/1").press("report", seals="1", danger="now")
    visitor.press("report", seals="1", agencies=["pnc"]).press("report", seals="1")

    assert visitor.receipt
    assert set(lengths) == {8192}
