"""Forms of a person's own account."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm
from members.models import User


class PhoneForm(FreeTextForm, forms.ModelForm):
    """The one thing about oneself that a person changes: the work phone."""

    class Meta:
        model = User
        fields = ("phone",)
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}


class PasskeyForm(FreeTextForm, AddWebAuthnForm):
    """A new passkey: its name, and whether it opens the portal by itself."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=_("So that you know it in the list, for example: work phone"),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it without a password"),
        required=False,
        initial=True,
        help_text=_(
            "The device then asks for its PIN, a finger or a face. Leave out for a key without a PIN."
        ),
    )


class PasskeyNameForm(FreeTextForm, EditWebAuthnForm):
    """A passkey that exists: only its name changes."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60)
