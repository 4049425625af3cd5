"""What the journal and the history call the things they speak of, and where each of them is shown."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import permissions as of_meetings
from meetings.labels import meeting_title, plan_title
from meetings.models import AgendaItem, Ballot, Initiative, JustificationNote, Meeting, WorkPlan
from members.days import NBSP, long_day
from members.labels import local
from members.models import Composition, Regulation, Seat, Staff, User
from members.permissions import READ_COMPOSITION, READ_JOURNAL, READ_REGULATION, Actor, Permission
from protocols import permissions as of_protocols
from protocols.labels import protocol_title
from protocols.models import DissentingOpinion, Protocol


class Thing(NamedTuple):
    """What something is called in the current language, and its page; no page: an empty address."""

    title: str
    url: str = ""


class Kind(NamedTuple):
    """How the things of one model are found and called; `read` is the permission their page asks for."""

    rows: Callable[[], QuerySet[Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    read: Permission


def _in_meeting(meeting: Meeting, what: str) -> str:
    return f"{meeting_title(meeting)}, {what}"


def _page(name: str, staff: Staff) -> str:
    return reverse(name, kwargs={"staff": staff.code})


def version_title(row: Composition | Regulation) -> str:
    """Return «Regulation, in force from …»: the act may have no number yet."""
    word = capfirst(str(row._meta.verbose_name))
    since = long_day(row.in_force_from, get_language())
    return _("%(what)s, in force from %(day)s") % {"what": word, "day": since}


def _question(item: AgendaItem) -> str:
    return _("question %(order)s") % {"order": item.order}


KINDS: dict[str, Kind] = {
    "meetings.meeting": Kind(
        lambda: Meeting.objects.select_related("staff"),
        meeting_title,
        lambda row: row.get_absolute_url(),
        of_meetings.READ_AGENDA,
    ),
    "meetings.ballot": Kind(
        lambda: Ballot.objects.select_related("item", "meeting__staff"),
        lambda row: _in_meeting(row.meeting, _question(row.item)),
        lambda row: row.meeting.address("meetings:item", order=row.item.order),
        of_meetings.READ_AGENDA,
    ),
    "meetings.initiative": Kind(
        lambda: Initiative.objects.select_related("staff", "question"),
        lambda row: local(row.question, "title"),
        lambda row: row.get_absolute_url(),
        of_meetings.READ_INITIATIVES,
    ),
    "meetings.justificationnote": Kind(
        lambda: JustificationNote.objects.select_related("staff"),
        lambda row: _("Justification note No. %(number)s") % {"number": row},
        lambda row: row.get_absolute_url(),
        of_meetings.READ_DRAFTS,
    ),
    "meetings.workplan": Kind(
        lambda: WorkPlan.objects.select_related("staff"),
        plan_title,
        lambda row: row.get_absolute_url(),
        of_meetings.READ_PLAN_DRAFTS,
    ),
    "protocols.protocol": Kind(
        lambda: Protocol.objects.select_related("meeting__staff"),
        lambda row: protocol_title(row.meeting),
        lambda row: row.get_absolute_url(),
        of_protocols.READ,
    ),
    "protocols.dissentingopinion": Kind(
        lambda: DissentingOpinion.objects.select_related("item__meeting__staff"),
        lambda row: _in_meeting(row.item.meeting, _question(row.item)),
        lambda row: row.item.meeting.address("protocols:detail"),
        of_protocols.READ,
    ),
    "members.seat": Kind(
        lambda: Seat.objects.select_related("composition__staff"),
        lambda row: local(row, "office"),
        lambda row: _page("members:composition", row.composition.staff),
        READ_COMPOSITION,
    ),
    "members.composition": Kind(
        lambda: Composition.objects.select_related("staff"),
        version_title,
        lambda row: _page("members:composition", row.staff),
        READ_COMPOSITION,
    ),
    "members.regulation": Kind(
        lambda: Regulation.objects.select_related("staff"),
        version_title,
        lambda row: _page("members:regulation", row.staff),
        READ_REGULATION,
    ),
    "members.staff": Kind(
        Staff.objects.all,
        lambda _row: _("Staff"),
        lambda row: row.get_absolute_url(),
        of_meetings.READ_AGENDA,
    ),
    "members.user": Kind(User.objects.all, lambda row: row.name, lambda _row: "", READ_JOURNAL),
}


def things(
    named: Iterable[tuple[str, int]], by: Actor, *, linked: bool = True
) -> dict[tuple[str, int], Thing]:
    """Return each (type, id) of `named` with its title and, where `by` may open it, its address.

    One query a type; what is gone or unknown here is called by its type and number.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for name, pk in named:
        ids[name].add(pk)
    found: dict[tuple[str, int], Thing] = {}
    for name, wanted in ids.items():
        kind = KINDS.get(name)
        rows: Mapping[int, Any] = kind.rows().in_bulk(wanted) if kind else {}
        may_open = kind is not None and linked and bool(kind.read.verdict(by, by.staff.pk))
        for pk in wanted:
            row = rows.get(pk)
            if kind is None or row is None:
                found[name, pk] = Thing(_unknown(name, pk))
            else:
                found[name, pk] = Thing(kind.title(row), kind.url(row) if may_open else "")
    return found


def _unknown(name: str, pk: int) -> str:
    try:
        word = str(apps.get_model(name)._meta.verbose_name)
    except (LookupError, ValueError):
        word = name
    return f"{capfirst(word)} №{NBSP}{pk}"


def family(name: str, pk: int) -> Q:
    """Return the condition of the entries about a thing and about what belongs to it.

    To a meeting belong its votes, its protocol and the dissenting opinions; to a protocol its opinions.
    """
    own = Q(object_type=name, object_id=pk)
    if name == "meetings.meeting":
        return (
            own
            | _belonging("meetings.ballot", Ballot.objects.filter(meeting=pk))
            | _belonging("protocols.protocol", Protocol.objects.filter(meeting=pk))
            | _belonging("protocols.dissentingopinion", DissentingOpinion.objects.filter(item__meeting=pk))
        )
    if name == "protocols.protocol":
        opinions = DissentingOpinion.objects.filter(item__meeting__protocol=pk)
        return own | _belonging("protocols.dissentingopinion", opinions)
    return own


def _belonging(name: str, rows: QuerySet[Any]) -> Q:
    return Q(object_type=name, object_id__in=rows.values("pk"))


def journal_of(thing: Model, staff: Staff) -> str:
    """Return the address of the journal of one thing."""
    query = f"?type={thing._meta.label_lower}&id={thing.pk}"
    return reverse("journal", kwargs={"staff": staff.code}) + query
