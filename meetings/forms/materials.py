from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.agenda import GroundForm
from meetings.models import AgendaItem, Material, OwedMaterial
from meetings.states import MaterialLanguage
from members.fields import FreeTextForm, LocalChoiceField


class MaterialForm(FreeTextForm, forms.ModelForm):
    owed = LocalChoiceField(
        OwedMaterial.objects.none(),
        field="title",
        label=_("Which of the awaited documents it is"),
        required=False,
        empty_label=_("another document"),
    )

    class Meta:
        model = Material
        fields: ClassVar[list[str]] = ["owed", "title", "language", "file"]
        help_texts: ClassVar[dict[str, Any]] = {
            "file": _("PDF, DOCX, XLSX, PPTX, JPG or PNG, up to 25 MB. No documents for official use only."),
        }

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owed"].queryset = item.owed.all()  # type: ignore[attr-defined]
        self.fields["owed"].initial = item.owed.filter(materials=None).first()
        self.fields["language"].choices = MaterialLanguage.choices  # type: ignore[attr-defined]


class AdmitForm(GroundForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)
