"""Taking a file of a reporter, and not at all when it is too large."""

from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest

from himaya.reporting.envelopes import LARGEST_ENVELOPE
from himaya.vault.upload import InMemory

ENVELOPE = "envelope"  # what a browser sealed itself: files and words, padded
WORDS_BESIDE = 512 * 1024  # what the fields of a form that can be taken weigh, in any script
# Up to here the rest of a refused form is read and thrown away, so that the browser sees our
# answer instead of a broken line. Of a larger one only the words are read, and of one beyond
# measure nothing.
LARGEST_DRAINED = 100 * 1024 * 1024
LARGEST_BEGUN = 256 * 1024 * 1024
DRAINED_AT_ONCE = 64 * 1024


def drain(request: HttpRequest) -> None:
    """Read what is still coming and throw it away, unless it is very much."""
    if announced(request) > LARGEST_DRAINED:
        return
    while request.read(DRAINED_AT_ONCE):
        pass


def announced(request: HttpRequest) -> int:
    """How many bytes the browser says that it sends."""
    length = request.META.get("CONTENT_LENGTH", "")
    return int(length) if length.isdecimal() else 0


class Stopping(InMemory):
    """Stops reading when a file is too large: the form of a reporter ends with it."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Refuse a file unread when the whole form is larger than words and files may be."""
        super().new_file(*args, **kwargs)
        if self.field_name == ENVELOPE:
            self.largest = LARGEST_ENVELOPE
        if self.request is not None and announced(self.request) > self.largest + WORDS_BESIDE:
            self.refuse()

    def refuse(self) -> None:
        """Leave the rest of the form to `drain`."""
        super().refuse()
        raise StopUpload(connection_reset=True)
