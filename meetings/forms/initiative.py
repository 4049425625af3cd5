from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm


class InitiativeForm(FreeTextForm):
    """The question for which members call a meeting, and why (clause 12)."""

    conditional = frozenset({"title_kk", "title_ru"})

    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)
    ground = forms.CharField(
        label=_("Ground"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why it cannot wait for the next regular meeting"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("title_kk") or data.get("title_ru")):
            self.add_error("title_kk", _("Write the question in Kazakh or in Russian."))
        return data
