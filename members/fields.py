"""Form fields that every app shares."""

from typing import TYPE_CHECKING

from django import forms

from members.labels import local
from members.models import Organisation

if TYPE_CHECKING:
    _ChoiceOfOrganisation = forms.ModelChoiceField[Organisation]
else:
    # Generic for the type checker only.
    _ChoiceOfOrganisation = forms.ModelChoiceField


class OrganisationField(_ChoiceOfOrganisation):
    """A choice among organisations, by their names in the page's language."""

    def label_from_instance(self, obj: Organisation) -> str:
        return local(obj, "name")
