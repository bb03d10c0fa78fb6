"""A file that cannot be trusted is refused whole; a bad line costs only itself."""

from collections.abc import Callable

import pytest

from himaya.kernel.errors import Refusal
from himaya.statistics import errors
from himaya.statistics.reading.incoming import Incoming, read_ctdc, read_glotip
from tests.factories.published import PERSON, REDUCED_HEADER, ctdc_file, glotip_file, glotip_row

GOOD = ctdc_file(PERSON, PERSON)
ACCENTED = glotip_file(
    *(
        glotip_row(Country="Côte d'Ivoire", Iso3_code="CIV", Year=year)
        for year in ("2016", "2017", "2018")
    )
)


def read(content: bytes) -> Incoming:
    return read_ctdc(content, latest_year=2026)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.EmptyFile),
        (b"\n\r\n  \n", errors.EmptyFile),
        (REDUCED_HEADER.encode(), errors.EmptyFile),
        (GOOD.decode().encode("utf-16"), errors.WrongEncoding),
        (GOOD.decode().encode("utf-16-le"), errors.WrongEncoding),
        (GOOD.decode().encode("utf-32"), errors.WrongEncoding),
        (GOOD.replace(b",", b";"), errors.WrongDelimiter),
        (GOOD.replace(b",", b"\t"), errors.WrongDelimiter),
        (GOOD.replace(b",", b"|"), errors.WrongDelimiter),
        (f"{PERSON}\n{PERSON}\n".encode(), errors.UnknownHeader),
        (glotip_file(), errors.UnknownHeader),
        (ctdc_file(header=REDUCED_HEADER.replace("gender", "citizenship")), errors.UnknownHeader),
        (b"PK\x03\x04" + bytes(50), errors.NotText),
        (b"%PDF-1.7\n%\xe2\xe3\n", errors.NotText),
        (b"caf\xe9,gender\n1,2\n", errors.WrongEncoding),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    content: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        read(content)
    sentence = refused.value.sentence()
    assert sentence.endswith("Nothing was stored.")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_table_in_latin_1_is_refused_whole(encoding: str) -> None:
    with pytest.raises(errors.WrongEncoding):
        read_glotip(ACCENTED.decode().encode(encoding), latest_year=2026)


def test_the_same_table_in_utf_8_is_read_with_and_without_a_byte_order_mark() -> None:
    assert len(read_glotip(ACCENTED, latest_year=2026).rows) == 3
    assert len(read_glotip(b"\xef\xbb\xbf" + ACCENTED, latest_year=2026).rows) == 3


def test_lines_above_the_header_are_passed_over() -> None:
    content = b"Global Report\nGLOTIP 2024\n14/04/2025\n" + glotip_file()

    incoming = read_glotip(content, latest_year=2026)

    assert [row[0] for row in incoming.rows] == [5]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"2016,Female,30--38,PH,1.0,0.0", "the line has 6 columns, the header has 7"),
        (b"2016,Female,30--38,PH,1.0,0.0,KW,x", "the line has 8 columns, the header has 7"),
        (b"2016,Female,30--38,PH,1.0,\x00,KW", "the line holds a NUL byte"),
        (b"2016,F\xff\xfemale,30--38,PH,1.0,0.0,KW", "the line is not UTF-8 at its byte 7"),
        (b'2016,"Female,30--38,PH,1.0,0.0,KW', "a quotation mark is not closed"),
        (b"1850,Female,30--38,PH,1.0,0.0,KW", "yearOfRegistration: '1850' is not a year"),
        (b"2031,Female,30--38,PH,1.0,0.0,KW", "yearOfRegistration: '2031' is not a year"),
        (b"2016,Femail,30--38,PH,1.0,0.0,KW", "gender: 'Femail' is not in the code list"),
        (b"2016,Female,30-38,PH,1.0,0.0,KW", "ageBroad: '30-38' is not an age band of CTDC"),
        (b"2016,Female,30--38,PHL,1.0,0.0,KW", "citizenship: 'PHL' is not a country"),
        (b"2016,Female,30--38,PH,2,0.0,KW", "isForcedLabour: '2' is not one of"),
        (b"2016,Female,30--38,PH,yes,0.0,KW", "isForcedLabour: 'yes' is not one of"),
        ("2016,Female,30--38,PH,1.0,0.0,\u202eKW".encode(), "'\\u202eKW' is not a country"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_reason_and_stops_no_other(
    line: bytes, reason: str
) -> None:
    content = b"\n".join([REDUCED_HEADER.encode(), PERSON.encode(), line, PERSON.encode()])

    incoming = read(content)

    assert [row[0] for row in incoming.rows] == [2, 4]
    (rejection,) = incoming.rejections
    assert rejection.line == 3
    assert reason in rejection.reason


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_empty_lines_do_not_count(ending: str) -> None:
    content = ending.join([REDUCED_HEADER, PERSON, "", PERSON, "", ""]).encode()
    assert [row[0] for row in read(content).rows] == [2, 4]


@pytest.mark.parametrize("reader", [read_ctdc, read_glotip])
def test_no_bytes_make_the_readers_fail_in_any_other_way(
    reader: Callable[..., Incoming],
) -> None:
    """Whatever stands in a file: it is read, its lines are rejected, or it is refused."""
    pieces = [b",", b'"', b"\n", b"\x00", b"\xff", b"PH", b"1.0", b"\xef\xbb\xbf", b"\xc3\xa9"]
    header = GOOD if reader is read_ctdc else glotip_file()
    for seed in range(len(pieces) ** 3):
        tail = b"".join(pieces[(seed // len(pieces) ** n) % len(pieces)] for n in range(3))
        for content in (tail, header + tail + b"\n"):
            try:
                found = reader(content, latest_year=2026)
            except Refusal:
                continue
            assert len(found.rows) + found.repeated + len(found.rejections) > 0
