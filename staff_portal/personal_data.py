"""What the portal keeps about one person: shown to that person, and given as one file."""

from datetime import datetime
from typing import Any, NamedTuple

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import (
    Agreement,
    Answer,
    Attendance,
    CalendarFeed,
    ChangeRequest,
    Delivery,
    Initiative,
    Invitee,
    JustificationNote,
    MaterialReader,
    MaterialReading,
    PlanDelivery,
    PrivateNote,
    Proposal,
    Supporter,
    Vote,
)
from members import signed_in
from members.models import Absence, Holder, Invitation, JournalEntry, Notice, Place, User
from members.pages import sign_in_first
from members.views.me import keep_frame
from protocols.models import DissentingOpinion, Signature

Rows = list[dict[str, Any]]
TITLES = ("title_kk", "title_ru")


class Kind(NamedTuple):
    """A kind of personal data: its key in the file, its name and what it is kept for."""

    key: str
    name: Promise
    why: Promise


KINDS = (
    Kind("seats", _("Seats in the composition"), _("the composition is set by an act (clause 11)")),
    Kind("places", _("Other places in a Staff"), _("what you may see and do follows from them")),
    Kind("absences", _("Days on which you performed the duties of the head"), _("clause 25(3)")),
    Kind(
        "answers", _("Answers whether you will come, with the reason"), _("the quorum is foreseen from them")
    ),
    Kind(
        "invited",
        _("Meetings to which you are invited"),
        _("the list of the invited is approved (clause 21)"),
    ),
    Kind("feeds", _("Addresses of your calendar: dates, never the address"), _("your calendar reads them")),
    Kind("attendance", _("Attendance at meetings"), _("the quorum is counted from it (clauses 13 and 20)")),
    Kind("votes", _("Votes"), _("decisions are adopted by an open vote (clause 13)")),
    Kind("dissents", _("Dissenting opinions"), _("they are attached to the protocol (clause 14)")),
    Kind("signatures", _("Signatures under protocols"), _("who signed what, and when (clause 23)")),
    Kind(
        "openings",
        _("Openings of meeting materials"),
        _("whether everybody received them in time (clause 26)"),
    ),
    Kind("readings", _("Documents that you opened"), _("the mark of reading, and the proof (clause 26)")),
    Kind(
        "private_notes",
        _("Your private notes on documents"),
        _("you wrote them for yourself; nobody else reads them"),
    ),
    Kind("proposals", _("Your proposals for plans"), _("the plan is drawn up from them (clause 16)")),
    Kind("agreements", _("Your lines in agreement sheets"), _("the members agree the plan (clause 26)")),
    Kind("plan_openings", _("Openings of approved plans"), _("whether everybody received them (clause 17)")),
    Kind("initiatives", _("Initiatives that you started"), _("the meeting is called by them (clause 12)")),
    Kind("supports", _("Initiatives that you joined"), _("more than half of all must join (clause 12)")),
    Kind("requests", _("Your requests to change a plan"), _("the working body writes the note (clause 18)")),
    Kind(
        "notes_prepared",
        _("Justification notes that you prepared"),
        _("the head decides on them (clause 18)"),
    ),
    Kind("limited_access", _("Documents of limited access open to you"), _("access is limited by law")),
    Kind("notices", _("Notices and letters to you"), _("what you were told, and when")),
    Kind("invitations", _("Invitations to sign in"), _("how you came into the portal")),
    Kind("sessions", _("Sessions: device, network address, time"), _("so that you see a stranger's sign-in")),
    Kind("factors", _("Second factors: kind and dates, never the secret"), _("safe sign-in")),
    Kind("journal", _("Your acts in the journal"), _("the journal is the evidence of every act")),
)


@sign_in_first
def page(request: Any) -> HttpResponse:
    """Show what is kept about me and why."""
    keep_frame(request)
    kept = collect(request.user, now=timezone.localtime())
    context = {"account": request.user, "kinds": [(kind, len(kept[kind.key])) for kind in KINDS]}
    return render(request, "me/data.html", context)


@sign_in_first
@reauthentication_required  # type: ignore[untyped-decorator]
def download(request: Any) -> HttpResponse:
    """Give what is kept about me as one JSON file, to who has just shown that it is me."""
    kept = collect(request.user, now=timezone.localtime())
    return JsonResponse(
        kept,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


def collect(user: User, *, now: datetime) -> dict[str, Any]:
    """Return everything that is kept about `user`, ready for JSON: lists of rows under the keys of KINDS."""
    return {
        "made_at": now,
        "account": {
            "name": user.name,
            "email": user.email,
            "work_phone": user.phone,
            "language": user.language,
            "since": user.date_joined,
            "last_sign_in": user.last_login,
        },
        **_of_the_staffs(user),
        **_of_meetings(user),
        **_of_plans(user),
        **_of_the_portal(user),
    }


def _of_the_staffs(user: User) -> dict[str, Rows]:
    absences: Any = Absence.objects.filter(deputy=user).order_by("since", "pk")
    holders = Holder.objects.filter(user=user).select_related("seat__composition__staff")
    places = Place.objects.filter(user=user).select_related("staff", "organisation")
    return {
        "seats": [
            {
                "staff": row.seat.composition.staff.code,
                "office_kk": row.seat.office_kk,
                "office_ru": row.seat.office_ru,
                "role": row.seat.role,
                "acting_order": row.acting_order,
                "since": row.since,
                "until": row.until,
            }
            for row in holders.order_by("since", "pk")
        ],
        "places": [
            {
                "staff": row.staff.code,
                "role": row.role,
                "organisation": row.organisation.name_kk if row.organisation else "",
                "since": row.since,
                "until": row.until,
            }
            for row in places.order_by("since", "pk")
        ],
        "absences": list(absences.values("staff__code", "since", "until", "ground")),
    }


def _of_meetings(user: User) -> dict[str, Rows]:
    attendance = Attendance.objects.filter(elector__user=user).order_by("elector__meeting__day", "pk")
    votes = Vote.objects.filter(elector__user=user).order_by("cast_at", "pk")
    dissents = DissentingOpinion.objects.filter(elector__user=user).order_by("filed_at", "pk")
    signatures = Signature.objects.filter(signer=user).order_by("signed_at", "pk")
    openings = Delivery.objects.filter(user=user).order_by("dispatch__sent_at", "pk")
    meeting, item = "elector__meeting__day", "item__order"
    return {
        "attendance": list(attendance.values(meeting, "presence", "arrived_at", "left_at", "reason")),
        "votes": list(votes.values(meeting, f"ballot__{item}", "choice", "cast_at", "by_hand", "code")),
        "dissents": list(dissents.values(meeting, item, "text", "proposal", "filed_at", "after_signing")),
        "signatures": list(
            signatures.values("role", "signer_text", "method", "signed_at", "sha256", "evidence")
        ),
        **_of_documents(user),
        **_of_coming(user),
        "openings": list(
            openings.values("dispatch__version__meeting__day", "dispatch__sent_at", "opened_at")
        ),
    }


def _of_coming(user: User) -> dict[str, Rows]:
    answers: Any = Answer.objects.filter(user=user).order_by("answered_at", "pk")
    invited = (
        Invitee.objects.filter(email__iexact=user.email).exclude(email="").order_by("meeting__day", "pk")
    )
    feeds: Any = CalendarFeed.objects.filter(user=user).order_by("created_at", "pk")
    return {
        "answers": list(answers.values("meeting__day", "reply", "reason", "answered_at")),
        "invited": list(invited.values("meeting__day", "name", "office_kk", "office_ru", "email")),
        "feeds": list(feeds.values("staff__code", "created_at", "revoked_at", "read_at")),
    }


def _of_documents(user: User) -> dict[str, Rows]:
    day, title = "material__item__meeting__day", "material__title"
    readings = MaterialReading.objects.filter(user=user).order_by("opened_at", "pk")
    notes = PrivateNote.objects.filter(user=user).order_by("updated_at", "pk")
    access = MaterialReader.objects.filter(user=user).order_by("added_at", "pk")
    return {
        "readings": list(readings.values(day, title, "material__version", "opened_at")),
        "private_notes": list(notes.values(day, title, "text", "updated_at")),
        "limited_access": list(access.values(day, title, "added_at")),
    }


def _of_plans(user: User) -> dict[str, Rows]:
    openings = PlanDelivery.objects.filter(user=user).order_by("dispatch__sent_at", "pk")
    return {
        "proposals": _rows(
            Proposal, "author", user, "made_at", "plan__year", "plan__half", *TITLES, "state", "answer"
        ),
        "agreements": _rows(
            Agreement, "user", user, "at", "version__plan__year", "version__plan__half", "agreed", "remarks"
        ),
        "plan_openings": [
            dict(row)
            for row in openings.values("dispatch__version__plan__year", "dispatch__sent_at", "opened_at")
        ],
        "initiatives": _rows(
            Initiative, "started_by", user, "started_at", "question__title_kk", "ground", "withdrawn_at"
        ),
        "supports": _rows(Supporter, "user", user, "joined_at", "initiative__question__title_kk", "left_at"),
        "requests": _rows(
            ChangeRequest, "author", user, "made_at", "kind", *TITLES, "reason", "state", "answer"
        ),
        "notes_prepared": _rows(
            JustificationNote, "prepared_by", user, "prepared_at", "year", "number", "kind", "state"
        ),
    }


def _rows(model: Any, column: str, user: User, at: str, *names: str) -> Rows:
    """Return the rows of `model` whose `column` is the person, by the time `at`, which stands first."""
    return list(model.objects.filter(**{column: user}).order_by(at, "pk").values(at, *names))


def _of_the_portal(user: User) -> dict[str, Rows]:
    language = user.language
    notices = Notice.objects.filter(recipient=user).order_by("created_at", "pk")
    acts = JournalEntry.objects.filter(actor=user).order_by("at", "pk")
    return {
        "notices": list(
            notices.values(f"subject_{language}", f"text_{language}", "email", "created_at", "sent_at")
        ),
        "invitations": list(
            Invitation.objects.filter(user=user)
            .order_by("created_at", "pk")
            .values("staff__code", "created_at", "expires_at", "accepted_at", "withdrawn_at")
        ),
        "sessions": [
            {
                "device": signed_in.device(row.user_agent),
                "browser": row.user_agent,
                "network_address": row.ip,
                "since": row.created_at,
                "last_seen": row.last_seen_at,
            }
            for row in UserSession.objects.filter(user=user).order_by("created_at", "pk")
        ],
        "factors": list(
            Authenticator.objects.filter(user=user)
            .order_by("created_at", "pk")
            .values("type", "created_at", "last_used_at")
        ),
        "journal": list(
            acts.values("staff__code", "sequence", "at", "act", "actor_text", "object_type", "clause")
        ),
    }
