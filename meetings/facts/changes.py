from django.db.models import Q, QuerySet

from meetings.models import JustificationNote, PlanItem, WorkPlan


def notes_with_all(notes: QuerySet[JustificationNote]) -> QuerySet[JustificationNote]:
    """Return the notes with all that a list and a page say of them, the latest first."""
    related = ("staff", "question", "plan", "plan_item__plan", "agency", "meeting__staff")
    people = ("prepared_by", "decided_by", "request__author")
    return notes.select_related(*related, *people).order_by("-year", "-number")


def changes_of(plan: WorkPlan) -> list[JustificationNote]:
    """Return the register of changes of `plan`: every note about it, however it was decided (18)."""
    added = PlanItem.objects.filter(plan=plan, added_by__isnull=False).values("added_by")
    about = Q(plan=plan) | Q(plan_item__plan=plan) | Q(pk__in=added)
    return list(notes_with_all(JustificationNote.objects.filter(about)).order_by("year", "number"))
