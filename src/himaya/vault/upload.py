"""Taking a file: in memory only, so that nothing unsealed ever touches a disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from himaya.vault.files import LARGEST


class InMemory(FileUploadHandler):
    """Keeps the files of a form in memory, together up to `largest` bytes.

    refused: they were larger; then none is kept, and the words of the form are.
    """

    def __init__(self, request: HttpRequest | None = None, largest: int = LARGEST) -> None:
        super().__init__(request)
        self.largest = largest
        self.refused = False
        self._taken = 0
        self._file = BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin with the next file of the form."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of a file, unless the files have become too large."""
        self._taken += len(raw_data)
        if self._taken > self.largest:
            self.refuse()
        else:
            self._file.write(raw_data)

    def refuse(self) -> None:
        """Forget what came, and go on reading: the words behind the file are kept."""
        self.refused = True
        self._file = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, once all of it is here; None when it was too large."""
        if self.refused:
            return None
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


def was_too_large(request: HttpRequest) -> bool:
    """True when the files of this form were larger than they may be."""
    _words = request.POST  # the form is read now, if nobody has asked for it yet
    return any(isinstance(each, InMemory) and each.refused for each in request.upload_handlers)
