"""Taking a file: in memory only, and not at all when it is too large."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from himaya.reporting.rules import LARGEST_FILES

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


class InMemory(FileUploadHandler):
    """Keeps files in memory: an unsealed file never touches a disk.

    refused: True when a file was too large; then none is kept, and the words of the form are.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused = False
        self._taken = 0
        self._file = BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Refuse a file unread when the whole form is larger than words and files may be."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        self._file = BytesIO()
        if self.request is not None and announced(self.request) > LARGEST_FILES + WORDS_BESIDE:
            self._refuse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of a file, unless the files have become too large."""
        self._taken += len(raw_data)
        if self._taken > LARGEST_FILES:
            self._refuse()
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, once all of it is here."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            self._file,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def _refuse(self) -> None:
        self.refused = True
        raise StopUpload(connection_reset=True)  # the rest is left to `drain`
