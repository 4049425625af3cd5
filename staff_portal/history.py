"""The History tab: versions of the things of a Staff in words, each kind with who may read them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings import permissions as of_meetings
from meetings import sight
from meetings.labels import meeting_title, plan_title
from meetings.models import (
    AgendaItem,
    Attendance,
    Elector,
    Invitee,
    Material,
    Meeting,
    PlanItem,
    Proposal,
    Question,
    WorkPlan,
)
from members.days import NBSP
from members.history import Trace, readable_name, versions_of
from members.labels import local
from members.models import (
    Absence,
    Composition,
    Holder,
    Organisation,
    Place,
    Regulation,
    Seat,
    Staff,
)
from members.pages import staff_page
from members.permissions import (
    READ_ABSENCES,
    READ_COMPOSITION,
    READ_HISTORY,
    READ_JOURNAL,
    READ_PEOPLE,
    READ_REGULATION,
    Actor,
    Permission,
)
from protocols import permissions as of_protocols
from protocols.labels import protocol_title
from protocols.models import Point, Protocol, ProtocolItem
from staff_portal.objects import version_title

PAGE_SIZE = 50
LARGEST = 2**63 - 1


class Kind(NamedTuple):
    """How things of one kind are found in a Staff, who reads their history, and what belongs to it."""

    rows: Callable[[Actor], QuerySet[Any]]
    may_read: Callable[[Any, Actor], bool]
    title: Callable[[Any], str]
    url: Callable[[Any, Actor], str]
    traces: Callable[[Any, Actor], list[Trace]]


@staff_page(READ_JOURNAL)
def page(request: HttpRequest, actor: Actor, kind: str, pk: int) -> HttpResponse:
    """Who changed what of one thing, when, from what to what; as hidden as its drafts are."""
    if kind not in KINDS or pk > LARGEST:
        raise Http404
    described = KINDS[kind]
    row = described.rows(actor).filter(pk=pk).first()
    if row is None or not described.may_read(row, actor):
        raise Http404
    versions = versions_of(described.traces(row, actor))
    context = {
        "title": described.title(row),
        "url": described.url(row, actor),
        "page": Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "history/page.html", context)


def address_of(thing: Model, by: Actor) -> str:
    """Return the address of the history of `thing`; empty where `by` may not read it or nothing is kept."""
    kind = NAMES.get(type(thing), "")
    if not kind or not READ_JOURNAL.verdict(by, by.staff.pk) or not KINDS[kind].may_read(thing, by):
        return ""
    return reverse("history", kwargs={"staff": by.staff.code, "kind": kind, "pk": thing.pk})


def _reads_drafts(by: Actor) -> bool:
    return bool(of_meetings.READ_DRAFTS.verdict(by, by.staff.pk))


def _of(model: Any, thing: Callable[[Any], str] | None = None, **where: Any) -> Trace:
    """Trace the kept rows of `model` where the kept values are so, called by `thing` or by the model."""
    word = str(model._meta.verbose_name)
    return Trace(model.history.filter(**where), thing or (lambda _row: capfirst(word)))


def _named(model: Any, name: Callable[[Any], object], **where: Any) -> Trace:
    word = capfirst(str(model._meta.verbose_name))
    return _of(model, lambda row: f"{word}: {name(row)}", **where)


def _question(order: object) -> str:
    return capfirst(_("question %(order)s") % {"order": order})


def _of_meeting(row: Meeting, by: Actor) -> list[Trace]:
    """The meeting itself; for who reads drafts also questions, materials, the invited and attendance."""
    own = [_of(Meeting, id=row.pk)]
    if not _reads_drafts(by):
        return own
    names = dict(Elector.objects.filter(meeting=row).values_list("pk", "name"))
    return [
        *own,
        _of(AgendaItem, lambda kept: _question(kept.order), meeting_id=row.pk),
        _named(Question, lambda kept: local(kept, "title"), id__in=row.items.values("question")),
        _named(Material, lambda kept: kept.title, item_id__in=row.items.values("pk")),
        _named(Invitee, lambda kept: kept.name, meeting_id=row.pk),
        _named(Attendance, lambda kept: names.get(kept.elector_id, ""), elector_id__in=list(names)),
    ]


def _of_item(row: AgendaItem, _by: Actor) -> list[Trace]:
    return [
        _of(AgendaItem, lambda kept: _question(kept.order), id=row.pk),
        _of(Question, id=row.question_id),
        _named(Material, lambda kept: kept.title, item_id=row.pk),
    ]


def _of_plan(row: WorkPlan, _by: Actor) -> list[Trace]:
    """The plan, its rows with their questions, and the members' proposals."""
    return [
        _of(WorkPlan, id=row.pk),
        _named(PlanItem, lambda kept: f"{kept.section}.{kept.order}", plan_id=row.pk),
        _named(Question, lambda kept: local(kept, "title"), id__in=row.items.values("question")),
        _named(Proposal, lambda kept: local(kept, "title"), plan_id=row.pk),
    ]


def _of_protocol(row: Protocol, _by: Actor) -> list[Trace]:
    orders = dict(row.items.values_list("pk", "item__order"))
    return [
        _of(Protocol, id=row.pk),
        _of(ProtocolItem, lambda kept: _question(orders.get(kept.id, "")), protocol_id=row.pk),
        _named(
            Point,
            lambda kept: f"{orders.get(kept.protocol_item_id, '')}.{kept.number}",
            protocol_item_id__in=list(orders),
        ),
    ]


def _of_composition(row: Composition, _by: Actor) -> list[Trace]:
    offices = {seat.pk: local(seat, "office") for seat in Seat.objects.filter(composition=row)}
    return [
        _of(Composition, id=row.pk),
        _named(Seat, lambda kept: local(kept, "office"), composition_id=row.pk),
        _named(Holder, lambda kept: offices.get(kept.seat_id, ""), seat_id__in=list(offices)),
    ]


def _of_seat(row: Seat, _by: Actor) -> list[Trace]:
    return [_of(Seat, id=row.pk), _of(Holder, seat_id=row.pk)]


def _keeps(_row: object, by: Actor) -> bool:
    return bool(READ_HISTORY.verdict(by, by.staff.pk))


def _own(model: type[Model]) -> Callable[[Any, Actor], list[Trace]]:
    return lambda row, _by: [_of(model, id=row.pk)]


def _called(row: Model) -> str:
    return f"{capfirst(str(row._meta.verbose_name))}: {readable_name(row)}"


def _page_of_staff(name: str, read: Permission) -> Callable[[Any, Actor], str]:
    """Address the page of the Staff where the thing stands; empty for who may not open it."""

    def url(_row: Any, by: Actor) -> str:
        return reverse(name, kwargs={"staff": by.staff.code}) if read.verdict(by, by.staff.pk) else ""

    return url


IN_COMPOSITION = _page_of_staff("members:composition", READ_COMPOSITION)


def _simple(
    model: Any,
    title: Callable[[Any], str] = _called,
    owner: str = "staff",
    url: Callable[[Any, Actor], str] = IN_COMPOSITION,
) -> Kind:
    """Describe a kind whose history shows its own rows alone, to who keeps the records of the Staff."""
    return Kind(lambda by: model.objects.filter(**{owner: by.staff.pk}), _keeps, title, url, _own(model))


def _period(row: Absence) -> str:
    return f"{capfirst(str(row._meta.verbose_name))}: {row.since:%d.%m.%Y} – {row.until:%d.%m.%Y}"


KINDS: dict[str, Kind] = {
    "meeting": Kind(
        lambda by: sight.meetings_for(by).select_related("staff"),
        lambda _row, by: bool(of_meetings.READ_AGENDA.verdict(by, by.staff.pk)),
        meeting_title,
        lambda row, _by: row.get_absolute_url(),
        _of_meeting,
    ),
    "item": Kind(
        lambda by: AgendaItem.objects.filter(meeting__staff=by.staff).select_related("meeting__staff"),
        # Its history holds what was never approved: only who reads the draft reads it.
        lambda row, by: sight.may_read(row, by, approved=False),
        lambda row: f"{meeting_title(row.meeting)}, {_('question %(order)s') % {'order': row.order}}",
        lambda row, _by: row.get_absolute_url(),
        _of_item,
    ),
    "plan": Kind(
        lambda by: WorkPlan.objects.filter(staff=by.staff).select_related("staff"),
        lambda _row, by: bool(of_meetings.READ_PLAN_DRAFTS.verdict(by, by.staff.pk)),
        plan_title,
        lambda row, _by: row.get_absolute_url(),
        _of_plan,
    ),
    "protocol": Kind(
        lambda by: Protocol.objects.filter(meeting__staff=by.staff).select_related("meeting__staff"),
        lambda _row, by: bool(of_protocols.READ_UNSIGNED.verdict(by, by.staff.pk)),
        lambda row: protocol_title(row.meeting),
        lambda row, _by: row.get_absolute_url(),
        _of_protocol,
    ),
    "composition": _simple(Composition, version_title)._replace(traces=_of_composition),
    "regulation": _simple(
        Regulation, version_title, url=_page_of_staff("members:regulation", READ_REGULATION)
    ),
    "seat": _simple(Seat, owner="composition__staff")._replace(traces=_of_seat),
    "holder": _simple(
        Holder,
        lambda row: f"{capfirst(str(row._meta.verbose_name))} №{NBSP}{row.pk}",
        "seat__composition__staff",
    ),
    "place": _simple(
        Place,
        lambda row: f"{capfirst(str(row._meta.verbose_name))} №{NBSP}{row.pk}",
        url=_page_of_staff("members:people", READ_PEOPLE),
    ),
    "absence": _simple(Absence, _period, url=_page_of_staff("members:absences", READ_ABSENCES)),
    "organisation": _simple(Organisation),
    "staff": _simple(Staff, owner="pk"),
}
NAMES: dict[type[Model], str] = {
    Meeting: "meeting",
    AgendaItem: "item",
    WorkPlan: "plan",
    Protocol: "protocol",
    Composition: "composition",
    Regulation: "regulation",
    Seat: "seat",
    Holder: "holder",
    Place: "place",
    Absence: "absence",
    Organisation: "organisation",
    Staff: "staff",
}
