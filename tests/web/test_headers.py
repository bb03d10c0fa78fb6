"""What every answer of both sites tells the browser to refuse, failures included."""

import re
from unittest import mock

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from himaya.reporting.public import steps
from himaya.reporting.public.upload import LARGEST_BEGUN
from himaya.web import headers
from himaya.web.sites import exit_origin
from himaya.web.staff import views
from tests.factories.officers import make_officer, signed_in

pytestmark = pytest.mark.django_db

TOO_LARGE = {"note": "x" * 3_000_000}
NONCE = re.compile("'nonce-([A-Za-z0-9_-]{22})'")
TAG = re.compile(r"<(?:script|link rel=\"stylesheet\")(?P<says>[^>]*)>")


def officers_answers() -> dict[str, HttpResponse]:
    """Answers of the officers' site of every kind, by their status."""
    client = signed_in(make_officer(), raise_request_exception=False)
    strict = signed_in(make_officer(), enforce_csrf_checks=True)
    answers = {
        "200": client.get("/"),
        "302": Client().get("/"),
        "400": client.post("/unlock", "x", content_type="multipart/form-data; boundary="),
        "403": strict.post("/unlock", {}),
        "404": client.get("/nothing"),
        "405": client.get("/logout"),
        "413": client.post("/unlock", TOO_LARGE),
    }
    with mock.patch.object(views, "day_of", side_effect=RuntimeError):
        answers["500"] = client.get("/")
    with mock.patch.object(views, "day_of", side_effect=OperationalError):
        answers["503"] = client.get("/")
    return answers


def reporters_answers() -> dict[str, HttpResponse]:
    """Answers of the reporters' site."""
    client = Client(raise_request_exception=False)
    broken = "multipart/form-data; boundary="
    answers = {
        "200": client.get("/"),
        "303": client.post("/leave"),
        "400": client.generic("POST", "/2", b"x", broken),
        "404": client.get("/nothing"),
        "405": client.generic("TRACE", "/"),
        "413": client.generic("POST", "/4", b"x", CONTENT_LENGTH=str(LARGEST_BEGUN + 1)),
    }
    with mock.patch.object(steps, "render", side_effect=RuntimeError):
        answers["500"] = client.get("/")
    with mock.patch.object(steps, "render", side_effect=OperationalError):
        answers["503"] = client.get("/")
    return answers


def is_guarded(answer: HttpResponse) -> bool:
    """True when an answer lets in no script, frame, form or page but the site's own."""
    said = dict(
        part.strip().split(" ", 1)
        for part in answer.headers.get("Content-Security-Policy", "x y").split(";")
    )
    return (
        said.get("default-src") == "'none'"
        and said.get("script-src") == said.get("style-src")
        and NONCE.fullmatch(said.get("script-src", "")) is not None
        and said.get("frame-ancestors") == said.get("base-uri") == "'none'"
        and "unsafe" not in str(said)
        and answer.headers.get("Cache-Control") == "no-store"
        and answer.headers.get("X-Content-Type-Options") == "nosniff"
        and answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin"
        and answer.headers.get("Cross-Origin-Resource-Policy") == "same-origin"
        and "geolocation=()" in answer.headers.get("Permissions-Policy", "")
    )


def test_every_answer_of_the_officers_site_is_guarded():
    for status, answer in officers_answers().items():
        assert str(answer.status_code) == status
        assert is_guarded(answer), status
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_every_answer_of_the_reporters_site_is_guarded(reporters_site):
    for status, answer in reporters_answers().items():
        assert str(answer.status_code) == status
        assert is_guarded(answer), status
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers


def nonce_of(answer: HttpResponse) -> str:
    """What a tag must repeat to be run, by the answer's policy."""
    return NONCE.search(answer.headers["Content-Security-Policy"])[1]


def test_every_answer_has_a_nonce_of_its_own_and_its_tags_repeat_it(reporters_site):
    answers = reporters_answers()
    assert len({nonce_of(answer) for answer in answers.values()}) == len(answers)

    for status, answer in answers.items():
        tags = [tag["says"] for tag in TAG.finditer(answer.content.decode())]
        assert all(f'nonce="{nonce_of(answer)}"' in tag for tag in tags), status
        assert bool(tags) == (
            answer.headers.get("Content-Type", "").startswith("text/html") and bool(answer.content)
        ), status


def test_the_officers_pages_repeat_their_nonce_too():
    for status, answer in officers_answers().items():
        tags = [tag["says"] for tag in TAG.finditer(answer.content.decode())]
        assert all(f'nonce="{nonce_of(answer)}"' in tag for tag in tags), status
        assert tags or not answer.content, status


def test_without_the_middleware_no_answer_is_guarded(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "web.headers" not in name]

    assert not any(is_guarded(answer) for answer in officers_answers().values())


def test_a_form_of_the_reporters_site_may_end_at_the_safe_exit_and_nowhere_else(reporters_site):
    left = Client().post("/leave")
    allowed = left.headers["Content-Security-Policy"].split("form-action ")[1].split(";")[0]

    assert allowed == f"'self' {exit_origin()}"
    assert left.headers["Location"].startswith(exit_origin())


def test_the_reporters_site_drops_a_cookie_that_somebody_sets():
    def careless(request):
        answer = HttpResponse()
        answer.set_cookie("seen", "1")
        return answer

    request = RequestFactory().get("/")

    assert not headers.PublicHeaders(careless)(request).cookies
    assert headers.StaffHeaders(careless)(request).cookies, "the other site keeps it"


def test_style_sheets_keep_their_own_time_to_live():
    request = RequestFactory().get("/s/web/staff.css")

    def whitenoise(request):
        return HttpResponse(headers={"Cache-Control": "max-age=60, public"})

    answer = headers.StaffHeaders(whitenoise)(request)
    assert answer.headers["Cache-Control"] == "max-age=60, public"


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_over_a_secure_connection_the_browser_is_told_to_stay_secure():
    secure = Client(headers={"x-forwarded-proto": "https"}).get("/login")

    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/login").headers


def test_no_answer_names_the_program_that_made_it():
    for answer in officers_answers().values():
        assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers)
