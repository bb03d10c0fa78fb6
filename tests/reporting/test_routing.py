"""Nobody who may be part of it receives the report, awake or asleep."""

import pytest

from himaya.agencies.models import Desk
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.models import Report
from himaya.vault.models import Grant
from tests.factories.desks import desk_id
from tests.factories.reports import send

pytestmark = pytest.mark.django_db
NAMEABLE = [agency.id for agency in current().agencies if agency.nameable]


def readers_of(report: Report) -> dict[str, bool]:
    """Desk → asleep, over both compartments of a report."""
    grants = Grant.objects.filter(compartment__subject_id=report.pk).select_related("desk")
    return {grant.desk.code: grant.dormant for grant in grants}


def test_a_report_that_names_nobody_goes_to_the_intake_desk_and_sleeps_at_the_second(intake):
    report = send().report

    assert report.desk_id == desk_id("pnc_intake")
    assert readers_of(report) == {"pnc_intake": False, "pp_intake": True}


@pytest.mark.parametrize("involved", ["any_official", "not_sure"])
def test_where_officials_may_be_involved_no_office_of_the_pathway_can_read(desks, involved):
    report = send(Told(language="en", story="Words.", involved=involved)).report

    kinds = Desk.objects.filter(code__in=readers_of(report)).values_list("kind", flat=True)
    assert set(kinds) == {Desk.Kind.INDEPENDENT}


@pytest.mark.parametrize("agencies", [(named,) for named in NAMEABLE] + [("pnc", "pp", "ndhr")])
def test_no_desk_of_a_named_agency_can_ever_read_it(desks, agencies):
    report = send(Told(language="en", story="Words.", involved="agency", agencies=agencies)).report

    holding = Desk.objects.filter(code__in=readers_of(report)).values_list(
        "agency__code", flat=True
    )
    assert set(holding).isdisjoint(agencies)
    assert report.involved_agencies == list(agencies)


def test_an_office_that_was_ticked_counts_whatever_else_was_answered(visitor, desks):
    visitor.send(story="Words.", involved="nobody", agencies=["pnc"])

    report = Report.objects.get()

    assert (report.involved, report.involved_agencies) == ("agency", ["pnc"])
    assert "pnc_intake" not in readers_of(report)


def test_an_office_that_was_not_said_counts_as_any(visitor, desks):
    visitor.send(story="Words.", involved="agency")

    assert Report.objects.get().involved == "any_official"


def test_the_page_before_send_names_the_desk_that_will_receive_it(visitor, desks):
    visitor.begin().press("report", story="Words.").press("report", involved="any_official")

    assert current().desk("ndhr_independent").label.en in visitor.page.text
    assert current().desk("pnc_intake").label.en not in visitor.page.text
