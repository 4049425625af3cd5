from typing import Any, ClassVar

from django import forms
from django.core.validators import MinLengthValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Invitee, Meeting, Question
from meetings.states import QuestionKind, State
from members.fields import FreeTextForm, LocalChoiceField
from members.labels import local
from members.models import Organisation, Seat, Staff
from members.permissions import seats_on
from members.validators import PERSON_NAME

# An order with its number and its date is never shorter.
SHORTEST_GROUND = 10
LIVE = (State.PLANNED, State.REGISTRATION, State.OPEN)


class ItemForm(FreeTextForm, forms.ModelForm):
    question = LocalChoiceField(
        Question.objects.none(),
        field="title",
        label=_("Question of the plan"),
        required=False,
        empty_label=_("a new question, by the titles below"),
    )
    agency = LocalChoiceField(
        Organisation.objects.none(),
        field="name",
        label=_("Agency that prepares it"),
        help_text=_("It owes the material five calendar days before the meeting"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    kind = forms.ChoiceField(
        label=_("Kind of question"),
        choices=QuestionKind.choices,
        initial=QuestionKind.DECISION,
        help_text=_("A question for information needs no draft decision; then nothing is put to the vote"),
    )
    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)

    class Meta:
        model = AgendaItem
        fields: ClassVar[list[str]] = [
            "question",
            "kind",
            "title_kk",
            "title_ru",
            "agency",
            "speaker_kk",
            "speaker_ru",
            "co_speakers_kk",
            "co_speakers_ru",
            "minutes",
            "version",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "speaker_kk": _("Office and name, as they go into the protocol"),
            "speaker_ru": _("Office and name, as they go into the protocol"),
        }

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(staff=staff)
        self.fields["agency"].queryset = organisations  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["question"]
            for name in ("title_kk", "title_ru", "kind"):
                self.initial.setdefault(name, getattr(self.instance.question, name))
        else:
            # A question is free again after a meeting that did not vote on it.
            taken = AgendaItem.objects.filter(Q(meeting__state__in=LIVE) | Q(ballots__isnull=False))
            free = Question.objects.filter(staff=staff).exclude(items__in=taken)
            self.fields["question"].queryset = free  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("question") or data.get("title_kk") or data.get("title_ru")):
            self.add_error("title_kk", _("Write the question in Kazakh or in Russian."))
        return data


class ItemsField(forms.ModelMultipleChoiceField):
    """A choice among the items of an agenda, by number and title in the page's language."""

    def label_from_instance(self, obj: AgendaItem) -> str:
        return f"{obj.order}. {local(obj.question, 'title')}"


class InviteeForm(FreeTextForm, forms.ModelForm):
    items = ItemsField(
        AgendaItem.objects.none(),
        label=_("For which questions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: for the whole meeting"),
    )
    stands_in_for = LocalChoiceField(
        Seat.objects.none(),
        field="office",
        label=_("Comes instead of a member"),
        required=False,
        empty_label=_("no, is invited in the own right"),
        help_text=_(
            "Members take part without substitution (clause 20): a stand-in has no vote and is outside "
            "the quorum."
        ),
    )

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Invitee
        fields: ClassVar[list[str]] = [
            "name",
            "office_kk",
            "office_ru",
            "email",
            "items",
            "stands_in_for",
            "version",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Initial and surname"),
            "email": _("Without it the person gets no letter"),
        }

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"]
        self.instance.meeting = meeting
        self.fields["items"].queryset = meeting.items.select_related("question").order_by("order")  # type: ignore[attr-defined]
        seats = seats_on(meeting.staff, meeting.day).filter(votes=True)
        self.fields["stands_in_for"].queryset = seats  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        PERSON_NAME(name)
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("office_kk") or data.get("office_ru")):
            self.add_error("office_kk", _("Write the office in Kazakh or in Russian."))
        return data


class GroundForm(FreeTextForm):
    """The ground on which a deputy acts for the head (clause 25(3))."""

    ground = forms.CharField(
        label=_("Ground of the head's absence"),
        max_length=300,
        required=False,
        help_text=_("For example, the order on leave with its number and date (clause 25(3))"),
    )

    def __init__(self, *args: Any, required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if required:
            self.fields["ground"].required = True
            self.fields["ground"].validators.append(MinLengthValidator(SHORTEST_GROUND))
        else:
            del self.fields["ground"]


class ApproveForm(GroundForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReturnForm(GroundForm):
    remark = forms.CharField(label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
