"""Blind tokens: one form for all ways of writing, and a table that no process can read."""

import subprocess
import sys

import pytest

from himaya.config.env import ROOT, environment
from himaya.vault import tokens
from himaya.vault.tokens import Domain, Said, normalised, token_of

NAMES = [
    ("Maria Santos", "  maría   SANTOS "),
    ("Maria Santos", "Santos, Maria"),
    ("محمد أحمد", "مُحَمَّد احمد"),
    ("فاطمة الزهراء", "فاطمه الزهرا"),
    ("على رضا", "علي رضا"),
    ("کریم یوسف", "كريم يوسف"),
    ("سـلـمى", "سلمي"),
    ("Ｍａｒｉａ Ｓａｎｔｏｓ", "maria santos"),
    ("ﻣﺤﻤﺪ", "محمد"),
    ("José O'Brien", "O’Brien Jose"),
]
DOCUMENTS = [("P1234567A", "p 123-4567 a"), ("A٠١٢٣٤٥٦٧", "A01234567"), ("N۰۱۲۳۴", "n01234")]
PHONES = [
    ("+965 5012 3456", "50123456"),
    ("00965-50123456", "٥٠١٢٣٤٥٦"),
    ("(0)50123456", "5012 3456"),
]
EACH = [
    *((Domain.NAME, *pair) for pair in NAMES),
    *((Domain.DOCUMENT, *pair) for pair in DOCUMENTS),
    *((Domain.PHONE, *pair) for pair in PHONES),
]


@pytest.mark.parametrize(("domain", "one", "other"), EACH)
def test_ways_of_writing_the_same_come_to_one_form(domain, one, other):
    assert normalised(domain, one) == normalised(domain, other) != ""


@pytest.mark.parametrize(
    ("domain", "one", "other"),
    [
        (Domain.NAME, "Maria Santos", "Mario Santos"),
        (Domain.DOCUMENT, "P1234567", "P1234568"),
        (Domain.PHONE, "50123456", "50123457"),
    ],
)
def test_what_differs_stays_apart(domain, one, other):
    assert normalised(domain, one) != normalised(domain, other)


@pytest.mark.parametrize("text", ["", "  ", "Al", "؟!", "1"])
@pytest.mark.parametrize("domain", Domain)
def test_what_says_too_little_has_no_token(domain, text):
    assert token_of(Said(domain, text)) is None


def test_the_same_text_has_another_token_for_another_purpose():
    said = dict.fromkeys(Domain, "1234567890") | {Domain.BIRTH: "1994-07-15"}
    made = {token_of(Said(domain, text)) for domain, text in said.items()}

    assert len(made) == 4
    assert {len(token) for token in made} == {32}


def test_without_the_key_a_token_tells_nothing(monkeypatch):
    ours = token_of(Said(Domain.NAME, "Maria Santos"))
    monkeypatch.setattr(tokens, "_key", lambda: b"\1" * 32)

    assert token_of(Said(Domain.NAME, "Maria Santos")) != ours


REACHED = """
import os, sys
os.environ["HIMAYA_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.public"
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver
get_resolver().url_patterns
key = open(sys.argv[1] + "/secrets/tokens").read().strip()
kept = " ".join(str(getattr(settings, name)) for name in dir(settings))
print("himaya.vault.tokens" in sys.modules, key in kept)
"""


@pytest.mark.slow
def test_the_reporters_site_loads_neither_the_key_nor_what_makes_tokens():
    command = [sys.executable, "-c", REACHED, str(environment().data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
