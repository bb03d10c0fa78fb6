"""No message says whom it comes from or what it is about, in any language."""

from unittest import mock

import pytest
from django.conf import settings

from himaya.notices.wording import WORDINGS, Wording
from himaya.packs.loader import current
from tests.factories.threats import threat

# What must not be read over somebody's shoulder: the service, its offices, its matter.
BANNED = """
    himaya traffick smuggl victim report case screening shelter refer consent police prosecut court
    ministry agency embassy committee officer investigat protect abuse exploit passport employer
    sponsor help safe danger secret confidential hotline migrant worker lawyer
    حماية اتجار الاتجار تهريب ضحية بلاغ حالة فحص إيواء مأوى إحالة موافقة شرطة نيابة محكمة
    وزارة جهة سفارة لجنة موظف تحقيق استغلال جواز كفيل صاحب العمل مساعدة آمن خطر سري مهاجر محام
""".split()  # noqa: SIM905 - words are easier to read as words
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def names_of_offices():
    """What the country calls its agencies and desks, in each language."""
    for office in (*current().agencies, *current().desks):
        yield from (office.label.en.lower(), office.label.ar)


def told_by(text):
    """Banned words that a text holds."""
    return [word for word in (*BANNED, *names_of_offices()) if word in text.lower()]


def talkative():
    return mock.patch.dict(
        WORDINGS, {"planted": Wording("News of your case", "The shelter has a place for you.")}
    )


@threat("A4", off=talkative)
def test_no_message_in_any_language_names_an_office_or_the_matter():
    looked_at = 0
    for code, language in [(code, language) for code in WORDINGS for language in LANGUAGES]:
        said = " ".join(WORDINGS[code].in_language(language))
        assert told_by(said) == [], f"{code} in {language}"
        looked_at += 1

    assert looked_at == len(WORDINGS) * len(LANGUAGES) >= 8


@pytest.mark.parametrize("code", WORDINGS)
def test_each_message_is_said_in_each_language(code):
    said = {WORDINGS[code].in_language(language) for language in LANGUAGES}

    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize("word", ["victim", "ضحية", "Himaya"])
def test_the_list_finds_what_is_planted(word):
    assert told_by(f"We write about the {word} again") != []
