"""Names of countries and languages in the reader's language."""

from django.utils import translation

from himaya.kernel.countries import (
    countries_by_name,
    country_name,
    language_in_words,
    languages_by_name,
)


def test_a_country_is_named_in_the_readers_language():
    assert country_name("PHL") == "Philippines"
    with translation.override("ar"):
        assert country_name("PHL") == "الفلبين"


def test_a_code_without_a_name_is_shown_as_it_is():
    assert (country_name("ZZZ"), country_name(""), language_in_words("qqq")) == ("ZZZ", "", "qqq")


def test_a_form_offers_every_country_once_by_name():
    offered = countries_by_name()

    assert len(offered) > 240
    assert len({code for code, _ in offered}) == len(offered)
    assert [name for _, name in offered] == sorted(name for _, name in offered)
    assert {"KWT", "NAM", "XKX"} <= dict(offered).keys()


def test_a_form_offers_languages_that_a_case_may_keep():
    offered = dict(languages_by_name())

    assert {"ar", "fil", "am"} <= offered.keys()
    assert all(2 <= len(code) <= 3 for code in offered)
