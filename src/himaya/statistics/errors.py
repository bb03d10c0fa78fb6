"""Refusals of the figures: files that cannot be read, and facts that are not coded."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class EmptyFile(Refusal):
    """No row to read."""

    code = "statistics.empty_file"
    message = _("The file holds no row. Check that it was copied whole. Nothing was stored.")


class NotText(Refusal):
    """A spreadsheet, an archive or another file that is not text."""

    code = "statistics.not_text"
    message = _(
        "This is not a text file. "
        "Save the sheet as CSV in UTF-8 and import that. Nothing was stored."
    )


class WrongEncoding(Refusal):
    """Text, but not in UTF-8."""

    code = "statistics.wrong_encoding"
    message = _(
        "The file is not written in UTF-8. "
        "Save it as CSV in UTF-8 and import it again. Nothing was stored."
    )


class WrongDelimiter(Refusal):
    """The columns are not separated by commas."""

    code = "statistics.wrong_delimiter"
    message = _(
        "The columns are not separated by commas. "
        "Save the file with commas and import it again. Nothing was stored."
    )


class UnknownHeader(Refusal):
    """The first line is not a header that Himaya knows."""

    code = "statistics.unknown_header"
    message = _(
        "The first line is not a header that Himaya knows. "
        "Import the file as it was published, header included. Nothing was stored."
    )


class FactNotCoded(Refusal):
    """A fact holds a value that is in no code list, or a date finer than a month."""

    code = "statistics.fact_not_coded"
    message = _("This fact holds a value that is not in its code list. Nothing was stored.")
