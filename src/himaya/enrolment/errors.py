"""Refusals of enrolling, changing and suspending officers."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class UsernameTaken(Refusal):
    """Another officer, here or in another agency, has this user name."""

    code = "enrolment.username_taken"
    status = 422
    message = _("Somebody has this user name already. Choose another one.")


class NotYourAgency(Refusal):
    """Another agency has a personnel officer of its own, who enrols its officers."""

    code = "enrolment.not_your_agency"
    status = 422
    message = _(
        "For another agency you may propose its first personnel officer only. "
        "Everybody else is enrolled by that agency."
    )


class DeskElsewhere(Refusal):
    """A desk that was chosen belongs to another agency."""

    code = "enrolment.desk_elsewhere"
    status = 422
    message = _("An officer sits at desks of their own agency only. Choose other desks.")


class NoDeskForRole(Refusal):
    """A role that was chosen sits at no desk, and a desk was chosen too."""

    code = "enrolment.no_desk_for_role"
    status = 422
    message = _("Personnel officers and system administrators sit at no desk. Choose none.")


class HotlineOnly(Refusal):
    """A role that takes calls, and a desk that may receive what was said in them."""

    code = "enrolment.hotline_only"
    status = 422
    message = _("Whoever takes calls sits at a hotline only. Choose other desks.")


class NeedsDesk(Refusal):
    """The roles that were chosen work at a desk, and none was chosen."""

    code = "enrolment.needs_desk"
    status = 422
    message = _("These roles work at a desk. Choose at least one.")


class WorksAlready(Refusal):
    """The officer is not suspended, so there is nothing to reinstate or to invite again."""

    code = "enrolment.works_already"
    message = _("This officer works already. Look at their page.")


class NotWorking(Refusal):
    """The officer is suspended, or has not come in yet."""

    code = "enrolment.not_working"
    message = _("This officer does not work now. Look at their page.")


class NotYourself(Refusal):
    """A personnel officer does not suspend themselves."""

    code = "enrolment.not_yourself"
    message = _("Somebody else must do this for you. Ask another personnel officer.")


class DoneAlready(Refusal):
    """What was proposed has been done."""

    code = "enrolment.done_already"
    message = _("This was done already. Look at the officer's page.")


class TokenNotValid(Refusal):
    """The token is not one that lets anybody in now, whatever is wrong with it."""

    code = "enrolment.token_not_valid"
    status = 422
    message = _(
        "This does not let anybody in. Check each sign; if it is right, "
        "ask your personnel officer for a new paper."
    )


class FoundedAlready(Refusal):
    """The installation has a personnel officer, so officers are enrolled on the pages."""

    code = "enrolment.founded_already"
    message = _("This installation was founded already. Officers are enrolled on its pages.")


class FoundersOfOneBody(Refusal):
    """The two who found an installation must be of two agencies."""

    code = "enrolment.founders_of_one_body"
    message = _("The two founders must belong to two different agencies.")
