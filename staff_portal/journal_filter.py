"""Which entries of the journal a person may read, and which of those were asked for."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from meetings import permissions as of_meetings
from members.models import Absence, Holder, JournalEntry, Place, User
from members.permissions import READ_WHOLE_JOURNAL, Actor
from staff_portal import acts, objects

LARGEST = 2**63 - 1


def reads_all(by: Actor) -> bool:
    """Return whether `by` reads the whole journal of the Staff; others read what concerns them."""
    return bool(READ_WHOLE_JOURNAL.verdict(by, by.staff.pk))


def readable(by: Actor) -> QuerySet[JournalEntry]:
    """Return the entries that `by` may read: all, or the own acts, those about oneself and those to all."""
    entries = JournalEntry.objects.filter(staff=by.staff)
    if reads_all(by):
        return entries
    own = Q(actor=by.user) | about(by)
    if of_meetings.FOLLOW.verdict(by, by.staff.pk):
        own |= Q(act__in=acts.TO_ALL)
    return entries.filter(own)


def about(by: Actor) -> Q:
    """Return the condition of entries about the person of `by`: access, own seats and places, duties."""
    user, staff = by.person, by.staff
    holders = Holder.objects.filter(user=user, seat__composition__staff=staff).values_list("pk", flat=True)
    return (
        Q(object_type="members.user", object_id=user.pk)
        | Q(object_type="members.seat", data__holder__in=list(holders))
        | Q(
            object_type="members.place",
            object_id__in=Place.objects.filter(user=user, staff=staff).values("pk"),
        )
        | Q(
            object_type="members.absence",
            object_id__in=Absence.objects.filter(deputy=user, staff=staff).values("pk"),
        )
    )


class PersonField(forms.ModelChoiceField):
    """A choice among the people of the journal, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class FilterForm(forms.Form):
    """What is looked for in the journal; each field is optional, all of them narrow the list down."""

    person = PersonField(User.objects.none(), label=_("Who"), required=False, empty_label=_("everybody"))
    kind = forms.ChoiceField(label=_("Acts"), required=False)
    since = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Up to the day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    type = forms.RegexField(
        r"^[a-z]+\.[a-z]+$", max_length=40, required=False, widget=forms.HiddenInput, strip=False
    )
    id = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST)],
    )

    def __init__(self, *args: Any, entries: QuerySet[JournalEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        people = entries.exclude(actor=None).order_by().values("actor")
        self.fields["person"].queryset = User.objects.filter(pk__in=people).order_by("name", "pk")  # type: ignore[attr-defined]
        words = sorted((capfirst(str(word)), code) for code, word in acts.KINDS.items())
        choices = [("", _("all kinds")), *((code, word) for word, code in words)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        # Any kind may be asked for, in an old link too; offered are those that the person has entries of.
        met = {act.partition(".")[0] for act in entries.order_by().values_list("act", flat=True).distinct()}
        self.fields["kind"].widget.choices = [row for row in choices if not row[0] or row[0] in met]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("The period ends before it begins."))
        if bool(data.get("type")) != bool(data.get("id")):
            self.add_error(None, _("The link to the journal of a thing is not whole. Open it anew."))
        return data

    @property
    def thing(self) -> tuple[str, int] | None:
        """The type and the number of the thing whose journal was asked for."""
        data = self.cleaned_data
        return (data["type"], data["id"]) if data.get("type") and data.get("id") else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.cleaned_data.values())

    def found(self) -> QuerySet[JournalEntry]:
        """Return the entries asked for, the latest first; none of a question that makes no sense."""
        if not self.is_valid():
            return self.entries.none()
        data, entries = self.cleaned_data, self.entries
        if self.thing:
            entries = entries.filter(objects.family(*self.thing))
        if data["person"]:
            entries = entries.filter(actor=data["person"])
        if data["kind"]:
            entries = entries.filter(act__startswith=f"{data['kind']}.")
        if data["since"]:
            entries = entries.filter(at__date__gte=data["since"])
        if data["until"]:
            entries = entries.filter(at__date__lte=data["until"])
        return entries.order_by("-sequence")
