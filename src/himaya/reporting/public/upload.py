"""Taking a file: in memory only, and not at all when it is too large."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from himaya.reporting.rules import LARGEST_FILES

WORDS_BESIDE = 512 * 1024  # what the fields of a form that can be taken weigh, in any script
# Up to here the rest of a refused form is read and thrown away, so that the browser sees our
# answer instead of a broken line. A still larger one is refused before anything is read.
LARGEST_DRAINED = 100 * 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps files in memory: an unsealed file never touches a disk.

    refused: True when a file was too large; then none is kept, and the words of the form are.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused = False
        self._taken = 0
        self._length = 0
        self._file = BytesIO()

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, str],  # noqa: N803 - Django calls it so
        content_length: int,
        boundary: str | bytes,
        encoding: str | None = None,
    ) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None":
        """Learn how much is coming, before the first part is read."""
        self._length = content_length
        return None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Refuse a file unread when the whole form is larger than words and files may be."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        self._file = BytesIO()
        if self._length > LARGEST_FILES + WORDS_BESIDE:
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
        raise StopUpload(connection_reset=self._length > LARGEST_DRAINED)
