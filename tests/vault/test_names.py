"""Names of many languages: written in other ways they sound the same, and others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.vault.spelling.names import sounds_of
from himaya.vault.spelling.scripts import latin
from himaya.vault.spelling.sounds import sounds

ALIKE = [
    ("Mohammed Hussein", "Muhammad Husain", "محمد حسين", "মোহাম্মদ হোসেন", "Md. Hossain"),
    ("Abd al-Rahman Hassan", "Abdulrahman Hasan", "Abdur Rahman Hassan", "عبد الرحمن حسن"),
    ("Abdullah Omar", "Abdalla Umar", "Abd Allah Omar", "عبدالله عمر"),
    ("Salah ad-Din Ahmed", "Salahuddin Ahmad", "Salah Uddin Ahmed", "صلاح الدين أحمد"),
    ("Rahmat Ullah Khan", "Rahmatullah Khan", "رحمة الله خان"),
    ("Fatima Al-Zahra", "Fatema Zahra", "فاطمة الزهراء", "Fathima Zahra"),
    ("Othman Said", "Osman Saeed", "عثمان سعيد"),
    ("Jamal Nasser", "جمال ناصر", "Gamal Nasser"),
    ("Ramadan Riyad", "رمضان رياض", "Ramzan Riaz"),
    ("Lakshmi Kumari", "Laxmi Kumaree", "लक्ष्मी कुमारी", "ലക്ഷ്മി കുമാരി", "ලක්ෂ්මී කුමාරි"),
    ("Krishna Bahadur Thapa", "कृष्ण बहादुर थापा", "Krisna Bahadhur Thapa"),
    ("Harpreet Singh", "हरप्रीत सिंह", "ਹਰਪ੍ਰੀਤ ਸਿੰਘ"),
    ("Anitha Kumar", "அனிதா குமார்", "Anita Kumar"),
    ("Mujibur Rahman", "Mujib ur-Rahman", "মুজিবুর রহমান"),
    ("Md. Aminul Islam", "Mohd Amin-ul Islam", "মোঃ আমিনুল ইসলাম"),
    ("Haile Mariam Desta", "Hailemariam Desta", "ኃይለማርያም ደስታ"),
    ("Tsegaye Bekele", "Segaye Bekelle", "ፀጋዬ በቀለ"),
    ("Petros Yohannes", "ጴጥሮስ ዮሐንስ"),
    ("Maria dela Cruz", "Ma. De La Cruz", "María Delacruz"),
    ("Jose O'Brien", "O’Brien José"),
    ("Pervez Iqbal", "پرویز اقبال"),
    ("Siti Aminah binti Abdullah", "Siti Aminah Abdullah"),
]
APART = [
    ("Maria Santos", "Mario Reyes"),
    ("Mohammed Hussein", "Mohammed Hassan Ali"),
    ("Abd al-Rahman Hassan", "Abd al-Karim Hassan"),
    ("Lakshmi Devi", "Lakshmi Nair"),
    ("Tsegaye Bekele", "Tsegaye Alemu"),
]


def whole(name):
    """The sounds of the whole of a name."""
    return {sound.form for sound in sounds_of(name) if sound.whole}


@pytest.mark.parametrize("ways", ALIKE, ids=lambda ways: ways[0])
def test_ways_of_writing_one_name_sound_alike(ways):
    heard = [whole(name) for name in ways]

    # Letters with two sounds join spellings that do not join each other: each meets some other one.
    for place, one in enumerate(heard):
        others = heard[:place] + heard[place + 1 :]
        assert one, ways[place]
        assert any(one & other for other in others), ways[place]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_sound_otherwise(one, other):
    assert not whole(one) & whole(other)


def test_the_order_of_the_words_does_not_matter():
    assert whole("Santos Maria Theresa") & whole("Maria Theresa Santos")


def test_a_name_that_is_left_out_leaves_pairs_that_agree():
    long = {sound.form for sound in sounds_of("Fatima Begum Chowdhury")}

    assert long & whole("Chowdhury Fatima")


@pytest.mark.parametrize("name", ["", "  ", "?", "Al", "M", "5"])
def test_what_says_too_little_has_no_sound(name):
    assert sounds_of(name) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ｍａｒｉａ", "maria"),
        ("Núñez", "nunez"),
        ("ሰላም", "salama"),
        ("सिंह", "sanha"),
        ("কাজী", "kaja"),
        ("ස්මිත්", "smat"),
        ("A٠١٢", "a012"),
        ("O'Brien", "obrien"),
        ("a-b", "a b"),
    ],
)
def test_letters_of_any_script_are_read_as_latin_ones(written, read):
    assert latin(written) == read


@pytest.mark.slow  # many examples
@given(st.text(max_size=80))
def test_whatever_is_written_has_sounds_of_a_few_plain_letters(text):
    found = sounds_of(text)

    assert len(found) <= 8 + 15 * 4
    assert all(set(sound.form) <= set("abfhklmnrstwy ") for sound in found)


@pytest.mark.slow  # many examples
@given(st.text(alphabet="abdhklmnrst", min_size=1, max_size=12))
def test_vowels_and_doubled_letters_change_no_sound_within_a_word(word):
    doubled = "".join(letter * 2 if letter not in "aeiouhsktdr" else letter for letter in word)

    assert sounds(word) == sounds(doubled)


WORDS = st.lists(st.sampled_from(["maria", "santos", "reyes"]), min_size=2, max_size=5)


@pytest.mark.slow  # many examples
@given(WORDS, st.randoms())
def test_the_same_words_in_any_order_share_their_sound(words, random):
    other = words.copy()
    random.shuffle(other)

    assert whole(" ".join(words)) & whole(" ".join(other))
