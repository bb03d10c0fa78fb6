"""What `himaya doctor` found, in words: what it is, what may happen, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "files.secret_open": (
        _("%(path)s has the mode %(mode)s: others may read or change it."),
        _("chmod %(wanted)s %(path)s, and give it to the user that runs Himaya."),
    ),
    "files.demonstration": (
        _("This installation holds invented people, and all its keys lie on this machine."),
        _("Never take a real report here. Start a real one with up --no-demo and other data."),
    ),
    "files.credentials_left": (
        _("%(path)s says how to sign in, in clear."),
        _("Remove it, and suspend the officers it names."),
    ),
    "files.registrar_here": (
        _(
            "The registrar's private key lies on this machine: whoever takes it can swap the keys "
            "of desks."
        ),
        _("Move %(path)s to a carrier that the registrar's bodies keep."),
    ),
    "files.in_memory": (
        _("%(directory)s lies in memory: a power cut loses reports that were acknowledged."),
        _("Give --data a directory on a disk."),
    ),
    "files.swap": (
        _("This machine swaps memory to a disk: opened words and keys can stay there."),
        _("Turn swap off, or encrypt it with a key made anew at each start."),
    ),
    "sites.setting": (
        _("%(setting)s of %(process)s is %(value)s; only %(wanted)s is safe."),
        _("Set %(setting)s back to %(wanted)s."),
    ),
    "sites.admin": (
        _("%(process)s has the framework's admin pages, which write round every operation."),
        _("Take %(unwanted)s out."),
    ),
    "sites.headers": (
        _("The headers of %(process)s are not outermost: error pages go out without them."),
        _("Put %(wanted)s first."),
    ),
    "sites.forgery": (_("The officers' site takes forged forms."), _("Put %(wanted)s back.")),
    "sites.hasher": (
        _("Passphrases of signing in are not kept under Argon2."),
        _("Put %(wanted)s first."),
    ),
    "sites.transactions": (
        _("A request of the officers' site is not one transaction: row security can leak."),
        _("Set ATOMIC_REQUESTS."),
    ),
    "languages.lacking": (
        _("%(number)s sentences for reporters are shown in English: %(language)s lacks them."),
        _("Translate them in the catalogue and in words.toml of the pack."),
    ),
    "languages.unsigned": (
        _(
            "Sentences that native speakers have still to sign, and of these, sentences of safety: "
            "%(languages)s."
        ),
        _("Let them read each language as docs/operating/languages.md says. Safety needs two."),
    ),
    "files.spool_damaged": (
        _("%(number)s reports that waited for the database were damaged on the disk."),
        _("Keep the files that end in .broken in %(directory)s, and look at the disk."),
    ),
    "files.spool_waits": (
        _("%(number)s reports have waited on the disk for more than ten minutes."),
        _("See why the database takes nothing. They lie sealed in %(directory)s: remove none."),
    ),
    "software.no_box": (
        _("There is no box to draw files in: staff see no picture of any file."),
        _("Install bubblewrap, and allow it to make user namespaces."),
    ),
    "software.not_locked": (
        _("%(package)s is %(found)s, and %(locked)s is locked."),
        _("Remove .venv and start again: the launcher installs what is locked."),
    ),
    "database.forgetful": (
        _("%(setting)s is %(value)s for %(where)s: a power cut loses acknowledged reports."),
        _("Set %(setting)s = on."),
    ),
    "database.no_checksums": (
        _("The database does not notice when its disk changes a page."),
        _("Stop it and run pg_checksums --enable."),
    ),
    "database.strong_role": (
        _("The database role %(role)s may go round row security."),
        _("Take its attributes away with ALTER ROLE."),
    ),
    "database.role_in_role": (
        _("The database role %(member)s has been given the rights of %(group)s."),
        _("REVOKE %(group)s FROM %(member)s;"),
    ),
    "database.rights_changed": (
        _("Somebody changed who may read or change which row, beside Himaya."),
        _("Restart ./himaya up, which puts it back; then find out who and why."),
    ),
    "database.open_line": (
        _("The line to the database on %(host)s does not prove whose machine that is."),
        _("Add sslmode=verify-full and sslrootcert=… to DATABASE_URL."),
    ),
    "database.clock_went_back": (
        _(
            "The database's clock says %(now)s, and the ledger has an entry of %(entry)s: the "
            "clock was put back."
        ),
        _("Put the machine's clock right, and let it follow a time service."),
    ),
    "custody.no_recovery": (
        _("There is no recovery key: what a desk holds is lost with its last member."),
        _("Hold a ceremony: ./himaya keys ceremony"),
    ),
    "custody.not_recoverable": (
        _("The recovery key in force does not open every key of the desk %(desk)s."),
        _("Hold the ceremony again with the shares of the former key."),
    ),
    "custody.lonely_desk": (
        _("Officers who can open what the desk %(desk)s receives: %(number)s."),
        _("Enrol another one there, so that leave or illness leaves no report unread."),
    ),
    "custody.no_desk_key": (
        _("The desk %(desk)s has no key: reports to it are turned away."),
        _("Enrol its first officer; docs/operating/keys.md says how."),
    ),
    "custody.few_witnesses": (
        _("Bodies that watch the ledger: %(number)s. It takes two to make a rewrite noticed."),
        _("Ask two other bodies to run a witness; docs/operating/witness.md says how."),
    ),
    "custody.silent_witness": (
        _("The witness %(witness)s has co-signed nothing for a day."),
        _("Ask that body whether its witness runs and can be reached."),
    ),
    "custody.no_fresh_backup": (
        _("There was no backup within the last seven days."),
        _("./himaya backup FILE, then take the file to another place."),
    ),
    "doors.mailbox_away": (
        _("The mailbox for reports was last reached: %(since)s. What comes there waits unread."),
        _("Check secrets/mailbox.toml and the mail server; docs/operating/doors.md says how."),
    ),
    "doors.mailbox_open_line": (
        _("The line to the mailbox on %(host)s is not encrypted: reports can be read on the way."),
        _("Set protection to tls or starttls in secrets/mailbox.toml."),
    ),
    "doors.silent": (
        _("Through the door %(door)s something last came: %(since)s."),
        _("Send a test message through it; if it does not arrive, people are not heard."),
    ),
    "doctor.blind": (
        _("%(what)s could not be looked at: %(error)s."),
        _("See to it that the doctor can look; what is not looked at counts as unsafe."),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as it is shown. grade: `danger` or `warning`."""

    grade: str
    sentence: str
    remedy: str


def line(code: str, grade: str, facts: Mapping[str, str]) -> Line:
    """A finding in the language of whoever reads it."""
    sentence, remedy = WORDS[code]
    return Line(grade, str(sentence) % facts, str(remedy) % facts)
