"""What is sealed comes back as it was told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from himaya.reporting.contents import Contact, Told
from himaya.vault.files import File

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FILES = st.builds(File, TEXT, TEXT, st.binary())


@given(FILES)
def test_a_file_comes_back(file):
    assert File.from_bytes(file.to_bytes()) == file


@given(st.builds(Contact, TEXT, TEXT, TEXT))
def test_a_contact_comes_back(contact):
    assert Contact.from_bytes(contact.to_bytes()) == contact


@given(TEXT, TEXT, st.lists(FILES).map(tuple), st.lists(FILES).map(tuple))
def test_two_reports_are_the_same_when_all_that_was_said_is(story, other, files, others):
    one = Told(language="en", story=story, files=files)
    two = Told(language="ar", story=other, files=others)

    assert (one.canonical() == two.canonical()) is (replace(two, language="en") == one)


def test_nothing_moves_between_answers_unnoticed():
    one = Told(language="en", contact=Contact("ab", "c"))
    two = Told(language="en", contact=Contact("a", "bc"))

    assert one.canonical() != two.canonical()
