"""What is typed about people: who holds a seat and until when, and when the head is away."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm
from members.forms.composition import check_year, day_widget
from members.labels import local
from members.models import Holder
from members.validators import PERSON_NAME, PHONE


class DaysForm(FreeTextForm):
    """A form whose days are checked for a mistyped year."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, value in list(data.items()):
            if isinstance(value, date):
                try:
                    check_year(value, self.today)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data


class OrderForm(DaysForm):
    """The order by which a person performs the office; blank for who was appointed (clause 20)."""

    acting_number = forms.CharField(
        label=_("Number of the order on acting"),
        max_length=40,
        required=False,
        help_text=_("Only for who performs the office by an order (acting); else leave both blank"),
    )
    acting_date = forms.DateField(label=_("Date of that order"), required=False, widget=day_widget())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number, day = data.get("acting_number"), data.get("acting_date")
        if number and not day and "acting_date" not in self.errors:
            self.add_error("acting_date", _("An order has a date: fill it in."))
        if day and not number and "acting_number" not in self.errors:
            self.add_error("acting_number", _("An order has a number: fill it in."))
        return data


class HolderForm(OrderForm):
    """A person for a seat, found by e-mail or created."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A person of the portal is found by it; a new one is invited to it")
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[PERSON_NAME],
        help_text=_("Initial and surname, as it is signed"),
    )
    phone = forms.CharField(label=_("Work phone"), max_length=40, required=False, validators=[PHONE])
    since = forms.DateField(label=_("First day of the term"), widget=day_widget())
    until = forms.DateField(
        label=_("Last day of the term"),
        required=False,
        widget=day_widget(),
        help_text=_("Leave blank when it is not known"),
    )
    field_order = ("email", "name", "phone", "since", "until", "acting_number", "acting_date")


class EndTermForm(DaysForm):
    """The last day of a holder."""

    until = forms.DateField(label=_("Last day of the term"), widget=day_widget())


class AbsenceForm(DaysForm):
    """When the head is away, on what ground, and who performs his duties (clause 25(3))."""

    since = forms.DateField(label=_("First day of the absence"), widget=day_widget())
    until = forms.DateField(label=_("Last day of the absence"), widget=day_widget())
    ground = forms.CharField(
        label=_("Ground of the absence"),
        max_length=300,
        help_text=_(
            "For example, the order on leave with its number and date; it is printed in the protocol"
        ),
    )
    deputy = forms.ChoiceField(label=_("Who performs the duties of the head"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, deputies: list[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(row.user_id), f"{row.user.name}, {local(row.seat, 'office')}") for row in deputies]
        self.fields["deputy"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("deputy", choices[0][0] if choices else None)


class EndAbsenceForm(DaysForm):
    """The last day of an absence that turned out shorter."""

    last_day = forms.DateField(
        label=_("Last day of the absence"),
        widget=day_widget(),
        help_text=_("Yesterday means that the head is back and acts himself from today"),
    )
