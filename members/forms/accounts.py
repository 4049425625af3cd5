"""Forms of a person's own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, UserTokenForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import policies
from members.fields import FreeTextForm
from members.models import Invitation, User


class PhoneForm(FreeTextForm, forms.ModelForm):
    """The one thing about oneself that a person changes: the work phone."""

    class Meta:
        model = User
        fields = ("phone",)
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}


def may_be_reset(user: User) -> bool:
    """Return whether a letter may let `user` set a password now (policies.may_set_password)."""
    now = timezone.now()  # noqa: TID251 - allauth calls its forms without a moment
    return user.is_active and bool(
        policies.may_set_password(
            user,
            invited=Invitation.objects.filter(user=user).exists(),
            is_open=Invitation.objects.open(now=now).filter(user=user).exists(),
        )
    )


class ResetForm(ResetPasswordForm):
    """The address to which a link for a new password goes; the answer is the same for every address."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if may_be_reset(user)]
        return email


class ResetTokenForm(UserTokenForm):
    """The link in that letter: it works no longer than the person may set a password at all."""

    uidb36 = forms.CharField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if not may_be_reset(self.reset_user):
            raise get_adapter().validation_error("invalid_password_reset")
        return data


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
