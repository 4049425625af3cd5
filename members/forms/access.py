"""What is typed about access: the password of a person invited, a place without a seat."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from members.fields import OrganisationField
from members.forms.composition import day_widget
from members.forms.people import DaysForm
from members.models import Organisation, Staff
from members.states import Language, PlaceRole, Recognised
from members.validators import PERSON_NAME

LANGUAGE = forms.ChoiceField(
    label=_("Language of the portal and of letters"), choices=Language.choices, widget=forms.RadioSelect
)


class AcceptForm(SetPasswordForm):
    """A password twice, and the language."""

    language = LANGUAGE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. A sentence that you remember is better than a word with digits."
        )
        self.fields["new_password2"].label = _("The same password once more")
        self.order_fields(["language", "new_password1", "new_password2"])


class LanguageForm(forms.Form):
    """The language of a person who has a password already."""

    language = LANGUAGE


class EmailForm(forms.Form):
    """The right address of a person who has never signed in."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The work address: the invitation goes there"))


class RecognisedForm(forms.Form):
    """How the secretary made sure who asks."""

    recognised = forms.ChoiceField(
        label=_("How did you make sure who it is?"), choices=Recognised.choices, widget=forms.RadioSelect
    )


class PlaceForm(DaysForm):
    """A place without a seat: outside the total number, without a vote."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The work address: the invitation goes there"))
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[PERSON_NAME],
        help_text=_("Initial and surname, as it is signed"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=PlaceRole.choices, widget=forms.RadioSelect)
    organisation = OrganisationField(
        queryset=Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        help_text=_("Only for an officer of an agency"),
    )
    since = forms.DateField(label=_("Since"), widget=day_widget())
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=day_widget(),
        help_text=_("The last day; leave blank when it is not known"),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(staff=staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_agency = data.get("role") == PlaceRole.AGENCY
        if is_agency and not data.get("organisation"):
            self.add_error("organisation", _("Choose the agency that the officer works for."))
        if data.get("role") and not is_agency and data.get("organisation"):
            self.add_error("organisation", _("Only an officer of an agency has an organisation here."))
        return data
