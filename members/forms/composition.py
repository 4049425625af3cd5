"""What is typed about versions by act, seats and the parameters of the procedure (clause 11)."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm, OrganisationField
from members.models import Composition, Organisation, Regulation, Seat, Staff
from members.states import Rank, Role

# No staff of this kind is older; an act further ahead than this is a mistyped year.
EARLIEST = date(2000, 1, 1)
FURTHEST_AHEAD = timedelta(days=731)
FILE_HINT = _("PDF, up to 25 MB, as it was published")


def day_widget() -> forms.DateInput:
    """Return a calendar control that shows the stored day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def check_year(day: date | None, today: date) -> None:
    """Raise ValidationError for a day that only a mistyped year explains."""
    if day is not None and not EARLIEST <= day <= today + FURTHEST_AHEAD:
        raise ValidationError(_("Check the year of this day."))


class DayForm(forms.Form):
    """The day on which a page looks at the Staff; nothing or nonsense means today."""

    day = forms.DateField(label=_("On the day"), required=False, widget=day_widget())


class CompleteActForm(FreeTextForm):
    """What the act of an approved version lacks; a field that is filled in already is not asked for."""

    act_number = forms.CharField(label=_("Number of the act"), max_length=40, required=False)
    act_date = forms.DateField(label=_("Date of the act"), required=False, widget=day_widget())
    act_file = forms.FileField(label=_("File of the act"), required=False, help_text=FILE_HINT)

    def __init__(self, *args: Any, version: Composition | Regulation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("act_number", "act_date", "act_file"):
            if getattr(version, name):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Fill in at least one of the fields."))
        return data

    def clean_act_date(self) -> date | None:
        day: date | None = self.cleaned_data["act_date"]
        check_year(day, self.today)
        return day


class ActForm(FreeTextForm):
    """The act of a draft and the day from which it is in force."""

    in_force_from = forms.DateField(label=_("In force from"), widget=day_widget())
    act_number = forms.CharField(
        label=_("Number of the act"),
        max_length=40,
        required=False,
        help_text=_("Leave it blank while it is not known: it can be filled in once, later"),
    )
    act_date = forms.DateField(label=_("Date of the act"), required=False, widget=day_widget())
    act_file = forms.FileField(label=_("File of the act"), required=False, help_text=FILE_HINT)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_in_force_from(self) -> date:
        day: date = self.cleaned_data["in_force_from"]
        check_year(day, self.today)
        return day

    def clean_act_date(self) -> date | None:
        day: date | None = self.cleaned_data["act_date"]
        check_year(day, self.today)
        return day


class ApproveForm(forms.Form):
    """What is confirmed at the approval: an act without its number or date is not approved by oversight."""

    is_blank = forms.BooleanField(
        label=_("The number or the date of the act is not known yet; I shall fill it in as soon as it is"),
        error_messages={"required": _("Write down the act in the draft first, or tick this.")},
    )

    def __init__(self, *args: Any, version: Composition | Regulation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.act_number and version.act_date:
            del self.fields["is_blank"]


class ConsentForm(FreeTextForm, forms.ModelForm):
    """What may be learnt about an office without an act: its consent letter and its level (clause 8)."""

    consent_date = forms.DateField(label=_("Date of the consent letter"), required=False, widget=day_widget())

    class Meta:
        model = Seat
        fields: ClassVar[list[str]] = ["consent_number", "consent_date", "rank"]
        labels: ClassVar[dict[str, Any]] = {
            "consent_number": _("Number of the consent letter"),
            "rank": _("Level of the office"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "rank": _("Not below a deputy head (clause 8); a lower one is a warning, nothing is refused"),
            "consent_number": _("Only for a seat by agreement; the letter may come later"),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["rank"].choices = [("", _("not given")), *Rank.choices]  # type: ignore[attr-defined]
        if "by_agreement" not in self.fields and not self.instance.by_agreement:
            del self.fields["consent_number"], self.fields["consent_date"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number, day = data.get("consent_number"), data.get("consent_date")
        if (number or day) and not data.get("by_agreement", self.instance.by_agreement):
            self.add_error("by_agreement", _("A consent letter belongs to a seat by agreement only."))
        elif bool(number) != bool(day) and not {"consent_number", "consent_date"} & set(self.errors):
            missing = "consent_date" if number else "consent_number"
            self.add_error(missing, _("A consent letter has both a number and a date."))
        return data

    def clean_consent_date(self) -> date | None:
        day: date | None = self.cleaned_data["consent_date"]
        check_year(day, self.today)
        return day


class SeatForm(ConsentForm):
    """A seat of a draft, with its organisation, which may be a new one."""

    organisation = OrganisationField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("another one, by the names below"),
    )
    organisation_kk = forms.CharField(label=_("New organisation in Kazakh"), max_length=400, required=False)
    organisation_ru = forms.CharField(label=_("New organisation in Russian"), max_length=400, required=False)

    class Meta(ConsentForm.Meta):
        fields: ClassVar[list[str]] = [
            "role",
            "office_kk",
            "office_ru",
            "organisation",
            "votes",
            "by_agreement",
            *ConsentForm.Meta.fields,
        ]
        labels: ClassVar[dict[str, Any]] = ConsentForm.Meta.labels | {
            "role": _("Role in the Staff"),
            "office_kk": _("Office in Kazakh"),
            "office_ru": _("Office in Russian"),
            "votes": _("Votes and counts in the total number"),
            "by_agreement": _("Takes part by agreement"),
        }
        help_texts: ClassVar[dict[str, Any]] = ConsentForm.Meta.help_texts | {
            "votes": _("The secretary is technical: as a rule without a vote and outside the total number"),
        }

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(staff=staff)  # type: ignore[attr-defined]
        self.fields["role"].choices = Role.choices  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["role"] = Role.MEMBER

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        names = (data.get("organisation_kk"), data.get("organisation_ru"))
        if data.get("organisation"):
            if any(names):
                self.add_error("organisation", _("Choose an organisation or name a new one, not both."))
        elif "organisation" not in self.errors and not all(names):
            self.add_error("organisation", _("Choose an organisation, or name a new one in both languages."))
        return data
