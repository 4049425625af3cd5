"""Form fields that every app shares."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from members.labels import local
from members.models import Organisation
from members.personal import holds_iin

NO_PERSONAL_NUMBERS = _(
    "There are 12 digits that look like an IIN. The portal keeps no personal numbers (Law № 94-V on personal "
    "data and their protection). Delete the number: the office, initial and surname are enough."
)

if TYPE_CHECKING:
    _ChoiceOfOrganisation = forms.ModelChoiceField[Organisation]
else:
    # Generic for the type checker only.
    _ChoiceOfOrganisation = forms.ModelChoiceField


class OrganisationField(_ChoiceOfOrganisation):
    """A choice among organisations, by their names in the page's language."""

    def label_from_instance(self, obj: Organisation) -> str:
        return local(obj, "name")


class LocalChoiceField(forms.ModelChoiceField):
    """A choice among rows that are called by `field` in the reader's language."""

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field

    def label_from_instance(self, obj: Any) -> str:
        return local(obj, self.field)


SHA256 = re.compile("[0-9a-f]{64}")


class FreeTextForm(forms.Form):
    """A form whose free texts and names of files are checked for personal numbers (Law № 94-V)."""

    # Fields that another answer makes necessary: the page does not call them optional.
    conditional: ClassVar[frozenset[str]] = frozenset()

    @property
    def has_long_text(self) -> bool:
        """Whether somebody may write at length here, so that the form says what must not be written."""
        return any(isinstance(field.widget, forms.Textarea) for field in self.fields.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, value in list(data.items()):
            # The hash of what was read comes back hidden; by chance it holds twelve digits in a row.
            if self.fields[name].widget.is_hidden and SHA256.fullmatch(str(value)):
                continue
            if isinstance(value, str):
                data[name] = self._visible(name, value)
            elif isinstance(value, UploadedFile) and holds_iin(value.name or ""):
                self.add_error(name, NO_PERSONAL_NUMBERS)
        return data

    def _visible(self, name: str, value: str) -> str:
        """Return `value` without characters that nobody sees, and complain where nothing else was there."""
        seen = "".join(letter for letter in value if unicodedata.category(letter) != "Cf").strip()
        if value and not seen and self.fields[name].required:
            self.add_error(name, self.fields[name].error_messages["required"])
        if holds_iin(seen):
            self.add_error(name, NO_PERSONAL_NUMBERS)
        return seen
