"""What a message says is read, whatever is wrong with it; nothing of it is lost."""

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from himaya.doors.mail.answering import answer_to, is_bounce
from himaya.doors.mail.plain import plain
from himaya.doors.mail.reading import Mail, read
from himaya.reporting.rules import LONGEST_TEXT

ARABIC = "صاحب العمل أخذ جوازي ولا يدفع لي"
HEAD = b"From: a@b.example\nMessage-ID: <1@b.example>\n"


def mail(*lines: str | bytes, language: str = "en") -> Mail:
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    return read(HEAD + b"\n".join(raw), language=language)


def test_subject_and_words_are_the_story_and_the_address_the_contact():
    told = mail("Subject: Help", "", "He keeps my passport.").told

    assert told.story == "Help\n\nHe keeps my passport."
    assert told.contact.how == "a@b.example"
    assert "nobody has asked" in told.contact.when
    assert (told.files, told.danger, told.involved) == ((), "", "")


@pytest.mark.parametrize(
    "charset", ["utf-8", "windows-1256", "iso-8859-6", "x-unknown", "us-ascii", ""]
)
def test_arabic_is_read_in_any_charset_and_where_the_charset_is_wrong(charset):
    real = charset if charset in {"windows-1256", "iso-8859-6"} else "utf-8"
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "X-None: 1"

    told = mail(kind, "Content-Transfer-Encoding: 8bit", "", ARABIC.encode(real)).told

    assert told.story == ARABIC
    assert told.language == "ar"


def test_letters_of_windows_under_the_name_of_utf_8_are_read_and_the_original_is_kept():
    told = mail("Content-Type: text/plain; charset=utf-8", "", ARABIC.encode("windows-1256")).told

    assert told.story == ARABIC
    assert [file.name for file in told.files] == ["message.eml"]


def test_a_page_of_html_is_read_as_plain_words():
    told = mail(
        "Content-Type: text/html; charset=utf-8",
        "",
        "<html><head><title>no</title><style>p{}</style></head><body><p>One &amp; two</p>"
        "<script>steal()</script><div>three<br>four</div></body></html>",
    ).told

    assert told.story == "One & two\n\nthree\nfour"


@pytest.mark.parametrize("broken", ["<p", "<![CDATA[", "&#99999999999;", "<!--", "</", "\x00<b>x"])
def test_html_that_is_no_html_is_survived(broken):
    assert isinstance(plain(broken), str)


def test_plain_words_are_preferred_to_the_same_in_html():
    told = mail(
        "Content-Type: multipart/alternative; boundary=x",
        "",
        "--x\nContent-Type: text/plain\n\nplain",
        "--x\nContent-Type: text/html\n\n<b>html</b>\n--x--",
    ).told

    assert told.story == "plain"


def test_attachments_keep_their_name_and_bytes_also_in_arabic_and_nested():
    name = "=?utf-8?B?" + base64.b64encode("صورة.jpg".encode()).decode() + "?="
    picture = base64.b64encode(b"\xff\xd8 a picture").decode()
    told = mail(
        "Content-Type: multipart/mixed; boundary=o",
        "",
        "--o\nContent-Type: multipart/related; boundary=i\n",
        "--i\nContent-Type: text/plain\n\nlook\n",
        f'--i\nContent-Type: image/jpeg; name="{name}"\nContent-Transfer-Encoding: base64\n',
        f"{picture}\n--i--\n--o\nContent-Type: application/pdf\n\nno name\n--o--",
    ).told

    assert told.story == "look"
    assert [(file.kind, file.content) for file in told.files] == [
        ("image/jpeg", b"\xff\xd8 a picture"),
        ("application/pdf", b"no name"),
    ]


def test_a_message_that_breaks_off_is_kept_whole_as_it_came():
    told = mail(
        "Content-Type: multipart/mixed; boundary=o", "", "--o\nContent-Type: text/plain\n\nhelp m"
    ).told

    assert "help m" in told.story
    assert told.files[-1].name == "message.eml"
    assert told.files[-1].content.endswith(b"help m")


def test_only_the_beginning_of_a_message_says_so():
    told = read(HEAD + b"\nbeginning", language="en", whole=False).told

    assert told.story.startswith("[This e-mail was too large")
    assert told.story.endswith("beginning")


def test_a_text_that_is_too_long_goes_on_in_a_file():
    told = mail("", "x" * (LONGEST_TEXT + 1)).told

    assert len(told.story) == LONGEST_TEXT
    assert told.files[0].content == b"x" * (LONGEST_TEXT + 1)


def test_an_empty_message_is_a_report_too():
    assert not mail("").told.is_empty()


def test_a_message_of_a_thousand_parts_is_kept_as_one_file():
    told = mail(
        "Content-Type: multipart/mixed; boundary=o",
        "",
        "--o\nContent-Type: image/png\n\nx\n" * 1000 + "--o--",
    ).told

    assert [file.name for file in told.files] == ["message.eml"]


@pytest.mark.parametrize(
    ("header", "words", "otherwise", "language"),
    [
        ("Content-Language: ar-KW", "hello", "en", "ar"),
        ("X-None: 1", "hello there", "en", "en"),
        ("X-None: 1", ARABIC, "en", "ar"),
        ("X-None: 1", "12345", "ar", "ar"),
        ("Content-Language: xx", "hello", "en", "en"),
    ],
)
def test_the_language_is_the_one_that_is_named_or_written(header, words, otherwise, language):
    assert mail(header, "", words, language=otherwise).told.language == language


def test_a_message_is_known_again_by_its_message_id_or_else_by_all_of_it():
    again, other = mail("", "one"), mail("", "two")
    assert again.name == other.name == b"<1@b.example>"

    nameless = read(b"Subject: x\n\none", language="en")
    assert nameless.name == read(b"Subject: x\n\none", language="en").name
    assert nameless.name != read(b"Subject: x\n\ntwo", language="en").name


LINES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=x",
        b"Content-Type: multipart/mixed",
        b"Content-Type: text/plain; charset=\xff",
        b"Content-Type: text/html; charset*=utf-8''%ff",
        b"Content-Type: message/rfc822",
        b"Content-Type: message/delivery-status",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Disposition: attachment; filename*0*=utf-8''%e2%80%8f; filename*1=x",
        b'Content-Disposition: attachment; filename="=?utf-8?B?////?="',
        b"Subject: =?utf-8?Q?=ff=fe?= =?x?y?z?=",
        b"From: =?utf-8?B?w?= <\xd8\xa3@b>, <>, ",
        b"Message-ID: <\xff>",
        b"Return-Path: <>",
        b"Return-Path: \xff, <a@b>",
        b"To: b@b.example, =?utf-8?B?w?=",
        b"Auto-Submitted: \xff;",
        b"Content-Type: multipart/report; report-type*=utf-8''%ff; boundary=x",
        b"Content-Language: \xd8\xa3",
        b"--x",
        b"--x--",
        b"",
        b"begin 644 x",
        b"YWJj=",
        b"<p>&nbsp;<!-- </p>",
    ]
)


@pytest.mark.slow
@given(st.lists(LINES | st.binary(max_size=30), max_size=25))
@example([b"Content-Type: message/rfc822", b"", b"Content-Type: message/rfc822"] * 30)
def test_no_bytes_at_all_stop_the_reader(lines):
    said = read(b"\n".join(lines), language="en")

    said.told.canonical()
    assert is_bounce(said.message.obj) in {True, False}
    assert isinstance(answer_to(said.message.obj, frozenset({"b@b.example"})), str)
    assert said.told.story.encode() or said.told.files
