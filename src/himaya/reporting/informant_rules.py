"""Who reported, as two desks keep it together: who may write, ask, agree and read."""

from himaya.kernel.access import Actor, Permission, allowed
from himaya.kernel.errors import NotKnown
from himaya.reporting.errors import AtBothDesks
from himaya.reporting.models import Informant, Report
from himaya.reporting.rules import check_may_say

ACT = "reporting.informant"


def named_in(report: Report) -> tuple[str, ...]:
    """Who may be involved, in the words of a pack's routes; empty when nobody is named."""
    doubt = {Report.Involved.ANY_OFFICIAL, Report.Involved.NOT_SURE}
    officials = (report.involved,) if report.involved in doubt else ()
    return (*officials, *report.involved_agencies)


def check_may_write(actor: Actor, words: str) -> None:
    """Raise unless the actor talks with reporters, and there is something to write down."""
    actor.need(Permission.REPORT_ANSWER)
    check_may_say(words)


def check_is_custodian(actor: Actor, informant: Informant) -> None:
    """Raise unless the actor sits at the desk that may read it once the second has agreed.

    Who sits at both desks is refused at either: they would be asking themselves.
    """
    actor.need(Permission.INFORMANT_ASK)
    if informant.custodian_id not in actor.desk_ids:
        raise NotKnown(informant=informant.pk)
    if informant.second_id in actor.desk_ids:
        raise AtBothDesks(informant=informant.pk)


def check_is_second(actor: Actor, informant: Informant) -> None:
    """Raise unless the actor sits at the desk that must agree."""
    actor.need(Permission.INFORMANT_ALLOW)
    if informant.second_id not in actor.desk_ids:
        raise NotKnown(informant=informant.pk)
    if informant.custodian_id in actor.desk_ids:
        raise AtBothDesks(informant=informant.pk)


def may_ask(actor: Actor, informant: Informant) -> bool:
    """Whether the actor's page offers to ask and to read."""
    return allowed(check_is_custodian, actor, informant)


def may_decide(actor: Actor, informant: Informant) -> bool:
    """Whether the actor's page offers to decide."""
    return allowed(check_is_second, actor, informant)
