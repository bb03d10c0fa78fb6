"""A person apart from the case: a merge, a family, an inquiry with a suspect, a search by name."""

from collections.abc import Callable
from uuid import UUID

from himaya.accountability.models import NameSearch
from himaya.accountability.operations.searching import search
from himaya.cases.models import Case, Merge, PersonLink
from himaya.cases.operations import families, merging
from himaya.cases.operations.identity import identify
from himaya.inquiries.models import Inquiry, Member, Part, Suspect
from himaya.inquiries.operations import leading, suspects
from himaya.vault.tokens import Domain, Said
from tests.factories import cases
from tests.factories.moments import NOON
from tests.factories.people import People

Words = Callable[[str], str]


def hung_together(people: People, case: Case, words: Words) -> dict[str, UUID]:
    """What stands in addresses: a case merged into this one, a relative, and who searched."""
    twice = cases.case(people.worker.desk, people.identifier.desk)
    relative = cases.case(people.worker.desk, people.identifier.desk)
    worker = people.worker
    with worker.works():
        said = [Said(Domain.NAME, words("name of the person"))]
        identify(actor=worker.actor, case_id=case.pk, said=said, at=NOON)
        merge = merging.merge_persons(
            actor=worker.actor,
            kept_id=case.pk,
            absorbed_id=twice.pk,
            reason=Merge.Reason.PERSON_SAID,
            at=NOON,
        )
        link = families.link(
            actor=worker.actor,
            case_id=case.pk,
            other_id=relative.pk,
            kind=PersonLink.Kind.SIBLING,
            kept_apart=True,
            at=NOON,
        )
        search(
            actor=worker.actor,
            said=Said(Domain.NAME, words("name searched for")),
            reason=NameSearch.Reason.TWICE,
            words=words("reason of a search"),
            at=NOON,
        )
    asked = NameSearch.objects.filter(officer=worker.officer).latest("at")
    return {"merge_id": merge.pk, "link_id": link.pk, "search_id": asked.pk}


def inquired(people: People, words: Words) -> dict[str, UUID]:
    """An inquiry of the prosecution, with a victim and a suspect whose name is sealed."""
    prosecutor = people.prosecutor
    with prosecutor.works():
        inquiry = leading.open_inquiry(
            actor=prosecutor.actor,
            desk_id=prosecutor.desk.pk,
            kind=Inquiry.Kind.TRAFFICKING,
            at=NOON,
        )
        (member,) = leading.add_members(
            actor=prosecutor.actor,
            inquiry_id=inquiry.pk,
            cases=[],
            persons=1,
            role=Member.Role.VICTIM,
            at=NOON,
        )
        suspect = suspects.add_suspect(
            actor=prosecutor.actor,
            inquiry_id=inquiry.pk,
            sex=Suspect.Sex.MALE,
            citizenship="",
            name=words("name of a suspect"),
            at=NOON,
        )
        suspects.link(
            actor=prosecutor.actor,
            suspect_id=suspect.pk,
            member_ids=[member.pk],
            roles=[Part.Role.EXPLOITER],
            at=NOON,
        )
    return {"inquiry_id": inquiry.pk, "suspect_id": suspect.pk, "member_id": member.pk}
