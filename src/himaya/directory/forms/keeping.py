"""A service and an organisation, as a keeper describes them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Agency, Desk
from himaya.directory.codes import KIND_NAMES, NEEDS, SEXES
from himaya.directory.forms.choices import ANY, DAY, LONG, districts, languages
from himaya.directory.models import Organization, Service
from himaya.directory.models.part import LINE, NAME, WORDS
from himaya.directory.operations.keeping import Described


class ServiceForm(forms.Form):
    """A service as a keeper describes it."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    description = forms.CharField(
        label=_("What is done there"), max_length=WORDS, required=False, widget=LONG
    )
    status = forms.ChoiceField(label=_("State"), choices=Service.Status.choices)
    needs = forms.MultipleChoiceField(
        label=_("Kinds of help"), choices=NEEDS, widget=forms.CheckboxSelectMultiple
    )
    sexes = forms.MultipleChoiceField(
        label=_("Takes only"),
        help_text=_("Leave all empty when everybody is taken."),
        choices=SEXES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minimum_age = forms.FloatField(label=_("From age"), min_value=0, max_value=150, required=False)
    maximum_age = forms.FloatField(label=_("To age"), min_value=0, max_value=150, required=False)
    families = forms.ChoiceField(
        label=_("Families"), choices=Service.Families.choices, widget=forms.RadioSelect
    )
    eligibility_description = forms.CharField(
        label=_("More about who is taken"),
        help_text=_("Help never depends on cooperation with an authority, or on a status."),
        max_length=WORDS,
        required=False,
        widget=LONG,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interpretation_services = forms.CharField(
        label=_("Interpretation"), max_length=LINE, required=False
    )
    districts = forms.MultipleChoiceField(
        label=_("Only for people in"),
        help_text=_("Leave all empty when it is for the whole country."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answers = forms.ChoiceField(
        label=_("How fast"), choices=[ANY, *Service.Answers.choices], required=False
    )
    desk = forms.ChoiceField(label=_("Desk that receives referrals"), required=False)
    channel = forms.CharField(
        label=_("How a printed referral reaches a body without a desk"),
        help_text=_("An office and its number or address for letters. It is not handed out."),
        max_length=LINE,
        required=False,
    )
    application_process = forms.CharField(
        label=_("How to ask for it"), max_length=WORDS, required=False, widget=LONG
    )
    fees_description = forms.CharField(label=_("What it costs"), max_length=LINE, required=False)
    wait_time = forms.CharField(label=_("How long one waits"), max_length=NAME, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=NAME, required=False)
    url = forms.URLField(
        label=_("Web page"), max_length=LINE, required=False, assume_scheme="https"
    )
    alert = forms.CharField(
        label=_("What is different at present"), max_length=LINE, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages()  # type: ignore[attr-defined]  # of a choice
        self.fields["districts"].choices = districts()  # type: ignore[attr-defined]  # of a choice
        desks = Desk.objects.select_related("agency").order_by("position")
        self.fields["desk"].choices = [  # type: ignore[attr-defined]  # of a choice
            ("", _("None here")),
            *((desk.code, f"{desk.label()} · {desk.agency.label()}") for desk in desks),
        ]

    def described(self) -> Described:
        """What was said, apart from languages and districts."""
        said = {
            name: self.cleaned_data[name]
            for name in Described.__dataclass_fields__
            if name != "desk_id"
        }
        code = self.cleaned_data["desk"]
        desk_id = Desk.objects.get(code=code).pk if code else None
        return Described(desk_id=desk_id, **said)


class OrganizationForm(forms.Form):
    """A body that gives services."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    description = forms.CharField(label=_("What it is"), max_length=WORDS, widget=LONG)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[ANY, *KIND_NAMES],
        required=False,
    )
    agency = forms.ChoiceField(label=_("The same body in the pathway"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=NAME, required=False)
    website = forms.URLField(
        label=_("Web page"), max_length=LINE, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Organization.objects.exclude(agency=None).values("agency_id")
        free = Agency.objects.exclude(pk__in=taken).order_by("code")
        self.fields["agency"].choices = [  # type: ignore[attr-defined]  # of a choice
            ("", _("None")),
            *((str(agency.pk), agency.label()) for agency in free),
        ]

    def said(self) -> dict[str, Any]:
        """What was said, as the operation takes it."""
        said = dict(self.cleaned_data)
        agency = said.pop("agency")
        return {**said, "agency_id": UUID(agency) if agency else None}


class AgreementForm(forms.Form):
    """Until when information about people may go there."""

    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=DAY)
    version = forms.IntegerField(widget=forms.HiddenInput)
