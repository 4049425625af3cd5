from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, OwedMaterial
from meetings.states import MaterialLanguage
from members.fields import FreeTextForm, LocalChoiceField
from members.models import Organisation, Staff, User

LIMITED = _("The law by which access is limited; empty for an ordinary document")


class CorrectForm(FreeTextForm):
    """A corrected file with its language; it keeps the access of the document that it corrects."""

    language = forms.ChoiceField(label=_("Language"), choices=MaterialLanguage.choices)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("PDF, DOCX, XLSX, PPTX, JPG or PNG, up to 25 MB. No documents for official use only."),
    )


class BringForm(CorrectForm):
    """A file with its language; which document it is, the page knows."""

    restricted_ground = forms.CharField(
        label=_("Ground of the restriction"), max_length=300, required=False, help_text=LIMITED
    )


class MaterialForm(BringForm):
    """A document for an item: one of the awaited that the person may bring, or another one with a title."""

    owed = LocalChoiceField(
        OwedMaterial.objects.none(),
        field="title",
        label=_("Which of the awaited documents it is"),
        required=False,
        empty_label=_("another document"),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Needed for another document")
    )
    field_order = ("owed", "title", "language", "file")

    def __init__(
        self, *args: Any, item: AgendaItem, agencies: frozenset[int] | None = None, **kwargs: Any
    ) -> None:
        """`agencies` are those that the person brings documents for; None for all."""
        super().__init__(*args, **kwargs)
        owed = item.owed.all() if agencies is None else item.owed.filter(agency__in=agencies)
        self.fields["owed"].queryset = owed  # type: ignore[attr-defined]
        self.fields["owed"].initial = owed.filter(materials=None).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("owed") or data.get("title") or "title" in self.errors):
            self.add_error("title", _("Write what the document is called, or choose an awaited one."))
        return data


class OwedForm(FreeTextForm, forms.ModelForm):
    """A document that is awaited from an agency."""

    agency = LocalChoiceField(Organisation.objects.none(), field="name", label=_("Agency that brings it"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = OwedMaterial
        fields: ClassVar[list[str]] = ["agency", "title_kk", "title_ru", "language", "version"]

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"]
        self.fields["agency"].queryset = Organisation.objects.filter(staff=staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("title_kk") or data.get("title_ru")):
            self.add_error("title_kk", _("Write the title in Kazakh or in Russian."))
        return data


class AccessForm(FreeTextForm):
    """By which law access to a document is limited, and who may open it."""

    ground = forms.CharField(
        label=_("Ground of the restriction"), max_length=300, required=False, help_text=LIMITED
    )
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Persons with access"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The secretary, the head and the agency that brought the document open it always"),
    )

    def __init__(self, *args: Any, people: Mapping[int, str], **kwargs: Any) -> None:
        """`people`: who may be given access, by number "name, office" in the order of the list."""
        super().__init__(*args, **kwargs)
        users = User.objects.filter(pk__in=people).order_by("name", "pk")
        self.fields["readers"].queryset = users  # type: ignore[attr-defined]
        self.fields["readers"].label_from_instance = lambda user: people[user.pk]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("readers") and not (data.get("ground") or "ground" in self.errors):
            self.add_error("ground", _("Name the law by which access is limited."))
        return data


class PrivateNoteForm(FreeTextForm):
    """What a member notes for himself about a document; nobody else reads it."""

    text = forms.CharField(
        label=_("Note for myself"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody else reads it. Empty it to remove it."),
    )
