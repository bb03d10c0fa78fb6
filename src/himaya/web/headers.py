"""What every answer tells the browser to refuse. Outermost, so that errors have it too."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from himaya.web.nonce import fresh
from himaya.web.sites import exit_origin

Site = Callable[[HttpRequest], HttpResponse]

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "screen-wake-lock=(), usb=(), xr-spatial-tracking=()"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The script that seals in the reporter's browser asks for the next page itself; that of a call
# keeps what the operator has noted.
ITSELF = {"connect-src": "'self'"}
# The screening card is kept on the device: a worker of ours answers in place of the network.
CARD = "/card/"
KEPT = dict.fromkeys(("worker-src", "manifest-src", "media-src"), "'self'")
OURS_ALONE = {
    "default-src": "'none'",
    "img-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(directives: Mapping[str, str], nonce: str) -> str:
    """A content security policy as the header's one line. nonce: what our own tags repeat."""
    tags = dict.fromkeys(("script-src", "style-src"), f"'nonce-{nonce}'")
    return "; ".join(f"{name} {sources}" for name, sources in {**directives, **tags}.items())


class Headers:
    """Middleware: the headers of both sites."""

    def __init__(self, get_response: Site) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with fresh() as nonce:
            response = self.get_response(request)
        for name, value in {**ALWAYS, **self.own(nonce, request.path)}.items():
            response.headers[name] = value
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure():
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def own(self, nonce: str, path: str) -> dict[str, str]:
        """What this site says otherwise than the other. path: of the page."""
        raise NotImplementedError


class PublicHeaders(Headers):
    """The reporters' site: leads nowhere but to the country's safe exit and sets no cookie."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = super().__call__(request)
        response.cookies.clear()
        return response

    def own(self, nonce: str, path: str) -> dict[str, str]:
        """A form may end at the safe exit: browsers ask the policy about redirects too."""
        leaving = {"form-action": f"'self' {exit_origin()}"}
        # The icon stands in the page itself: one request less that a watcher could count.
        icon = {"img-src": "'self' data:", "media-src": "'self'"}
        return {
            "Content-Security-Policy": policy({**OURS_ALONE, **leaving, **icon, **ITSELF}, nonce),
            "Permissions-Policy": ALWAYS["Permissions-Policy"].replace(
                "microphone=()",
                "microphone=(self)",  # a reporter may speak instead of writing
            ),
            "Referrer-Policy": "no-referrer",
        }


class StaffHeaders(Headers):
    """The officers' site."""

    def own(self, nonce: str, path: str) -> dict[str, str]:
        """Forms tell this site, and no other, where they came from: the forgery check asks it."""
        # The viewing copy of a file stands in its page: it has no address that could be kept.
        drawn = {"img-src": "'self' data:"}
        return {
            "Content-Security-Policy": policy(
                {**OURS_ALONE, **drawn, **ITSELF, **(KEPT if path.startswith(CARD) else {})}, nonce
            ),
            "Referrer-Policy": "same-origin",
            "X-Robots-Tag": "noindex",
        }
