"""A file that was under seal, on its way to an officer."""

from uuid import UUID

from django.http import HttpResponse

from himaya.vault.files import File


def as_attachment(file: File, file_id: UUID) -> HttpResponse:
    """The file under a name of ours, to be saved, and as nothing that a browser would show or run.

    What it is called stays on the page: a folder of downloads tells whoever looks over a shoulder.
    """
    return HttpResponse(
        file.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{file_id.hex[:8]}.bin"'},
    )
