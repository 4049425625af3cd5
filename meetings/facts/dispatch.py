from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from meetings.facts.agenda import agenda_content, content_hash
from meetings.facts.approved import Guest, approved_guests, draft_guests
from meetings.facts.materials import ItemMaterials
from meetings.locks import approved_version
from meetings.models import AgendaVersion, Delivery, Dispatch, Material, MaterialReading, Meeting
from members.models import Holder, Notice, Place, Seat, User
from members.notices import Recipient, to_user
from members.permissions import holders_on
from members.states import Role


@dataclass(frozen=True)
class Parcel:
    """What a dispatch would carry now: everything of a new version, else what came after the last one."""

    materials: tuple[Material, ...]
    is_first: bool

    @property
    def is_new(self) -> bool:
        return self.is_first or bool(self.materials)


def parcel_of(version: AgendaVersion | None, rows: Iterable[ItemMaterials]) -> Parcel:
    """Return what goes to everybody with the approved `version`; what is held back stays (clause 22)."""
    rows = tuple(rows)
    going = [material for row in rows for material in row.materials if material not in row.held]
    if version is not None:
        prefetch_related_objects([version], "dispatches__materials")
    sent = list(version.dispatches.all()) if version else []
    known = {material.pk for dispatch in sent for material in dispatch.materials.all()}
    return Parcel(
        materials=tuple(material for material in going if material.pk not in known),
        is_first=not sent,
    )


@dataclass(frozen=True)
class Sending:
    """What the letter of a dispatch says of it: the version, the questions with later documents, lateness.

    `is_renewal`: an earlier version of the agenda was sent before.
    """

    version: int
    is_renewal: bool
    is_supplement: bool
    orders: tuple[int, ...]
    days_late: int
    late_reason: str = ""


def sending_of(sent: Dispatch) -> Sending:
    """Return what the letter says of a dispatch that is stored."""
    orders = orders_of(sent.materials.select_related("item"))
    before = Dispatch.objects.filter(
        version__meeting=sent.version.meeting_id, version__number__lt=sent.version.number
    )
    return Sending(
        version=sent.version.number,
        is_renewal=before.exists(),
        is_supplement=sent.number > 1,
        orders=orders,
        days_late=sent.days_late,
        late_reason=sent.late_reason,
    )


def orders_of(materials: Iterable[Material]) -> tuple[int, ...]:
    """Return the numbers of the questions that the documents belong to, in order."""
    return tuple(sorted({row.item.order for row in materials if row.item is not None}))


@dataclass(frozen=True)
class Addressee:
    """Who gets the agenda and materials: a member, or an invited person with or without an account."""

    recipient: Recipient
    seat: Seat | None = None
    invitee: Guest | None = None

    @property
    def has_account(self) -> bool:
        return self.recipient.user is not None

    @property
    def key(self) -> str:
        return self.recipient.key if self.recipient.email else ""


def addressees_of(meeting: Meeting) -> list[Addressee]:
    """Return the members who hold a voting seat on the day of the meeting, then the invited (26(4), 21).

    A person with two seats stands once; an invited one without an e-mail is handed the papers. Before any
    list is approved it is the draft that shows who would get them.
    """
    rows: dict[str, Addressee] = {}
    for holder in voters_of(meeting):
        row = Addressee(to_user(holder.user), seat=holder.seat)
        rows.setdefault(row.key, row)
    guests = approved_guests(meeting) if approved_version(meeting) else draft_guests(meeting)
    users = _accounts(meeting, {guest.email.lower() for guest in guests if guest.email})
    by_hand: list[Addressee] = []
    for guest in guests:
        user = users.get(guest.email.lower())
        row = Addressee(to_user(user) if user else Recipient(guest.name, guest.email), invitee=guest)
        if row.key:
            rows.setdefault(row.key, row)
        else:
            by_hand.append(row)
    return [*rows.values(), *by_hand]


def orders_for(row: Addressee, documents: Iterable[Material]) -> tuple[int, ...]:
    """Return the questions of which the addressee may open some of these documents (readers prefetched).

    The head, the own agency and who stands on the list of a restricted document may; guests read none.
    """
    seat, user = row.seat, row.recipient.user
    if seat is None or user is None:
        return ()
    return orders_of(
        each
        for each in documents
        if not each.is_restricted
        or seat.role == Role.HEAD
        or each.agency_id == seat.organisation_id
        or any(reader.user_id == user.pk for reader in each.readers.all())
    )


def voters_of(meeting: Meeting) -> list[Holder]:
    """Return who holds a voting seat on the day of the meeting, in the order of the act, each person once."""
    once: dict[int, Holder] = {}
    for holder in holders_on(meeting.staff, meeting.day).filter(seat__votes=True):
        once.setdefault(holder.user_id, holder)
    return list(once.values())


def _accounts(meeting: Meeting, emails: set[str]) -> dict[str, User]:
    """Return by e-mail the accounts of who has a seat or a place in the Staff on the day of the meeting."""
    places = Place.objects.on(meeting.day).filter(staff=meeting.staff).select_related("user")
    people = [place.user for place in places] + [row.user for row in holders_on(meeting.staff, meeting.day)]
    return {user.email.lower(): user for user in people if user.email.lower() in emails}


@dataclass(frozen=True)
class Opened:
    """When a person opened one document of a dispatch; `number` is its place in the list."""

    number: int
    at: datetime


@dataclass(frozen=True)
class ProofRow:
    """The proof about one person: the letters, the first opening of the page, the documents opened."""

    key: str
    name: str
    seat: Seat | None
    is_invited: bool
    letters: tuple[Notice, ...]
    has_account: bool
    opened_at: datetime | None
    documents: tuple[Opened, ...]

    @property
    def letter(self) -> Notice | None:
        """The latest letter, or None for who was not written to."""
        return self.letters[-1] if self.letters else None

    @property
    def first(self) -> Notice | None:
        return self.letters[0] if self.letters else None

    @property
    def is_unopened(self) -> bool:
        return self.has_account and bool(self.letters) and self.opened_at is None


@dataclass(frozen=True)
class Proof:
    """The proof of one dispatch (clause 26(4)): who got what and when, and when it was opened."""

    sent: Dispatch
    documents: tuple[Material, ...]
    rows: tuple[ProofRow, ...]
    letters: int

    @property
    def unopened(self) -> tuple[ProofRow, ...]:
        return tuple(row for row in self.rows if row.is_unopened)

    @property
    def with_account(self) -> int:
        return sum(row.has_account and bool(row.letters) for row in self.rows)

    @property
    def unwritten(self) -> tuple[ProofRow, ...]:
        """Who belongs to the recipients now and has no letter: a new holder, or papers handed over."""
        return tuple(row for row in self.rows if not row.letters and row.key)


def proofs_of(meeting: Meeting) -> list[Proof]:
    """Return the proof of every dispatch of the meeting, the latest first, in a fixed number of queries."""
    documents = Material.objects.select_related("item", "question").prefetch_related("readers")
    documents = documents.order_by("item__order", "pk")
    sent = (
        Dispatch.objects.filter(version__meeting=meeting)
        .select_related("version", "sent_by")
        .prefetch_related(
            Prefetch("materials", documents),
            Prefetch("deliveries", Delivery.objects.select_related("notice").order_by("pk")),
        )
    )
    readings = MaterialReading.objects.filter(material__dispatches__version__meeting=meeting)
    opened = {(row.user_id, row.material_id): row.opened_at for row in readings}
    now = addressees_of(meeting)
    return [
        _proof(dispatch, now, opened, is_latest=is_latest)
        for dispatch, is_latest in zip(sent, [True, *[False] * len(sent)], strict=False)
    ]


def _proof(
    sent: Dispatch, now: list[Addressee], opened: dict[tuple[int, int], datetime], *, is_latest: bool
) -> Proof:
    documents = tuple(sent.materials.all())
    deliveries: dict[str, list[Delivery]] = {}
    for delivery in sent.deliveries.all():
        deliveries.setdefault(_key_of(delivery.notice), []).append(delivery)
    known = {row.key: row for row in now if row.key}
    rows = [_row(key, known.get(key), group, documents, opened) for key, group in deliveries.items()]
    to_write = [row for row in now if sent.number == 1 or orders_for(row, documents)]
    rows += [_unwritten(row) for row in to_write if is_latest and row.key not in deliveries]
    return Proof(sent, documents, tuple(rows), sum(len(group) for group in deliveries.values()))


def _key_of(notice: Notice) -> str:
    if notice.recipient_id:
        return f"user-{notice.recipient_id}"
    return Recipient(notice.name, notice.email).key


def _row(
    key: str,
    who: Addressee | None,
    group: list[Delivery],
    documents: tuple[Material, ...],
    opened: dict[tuple[int, int], datetime],
) -> ProofRow:
    user_id = group[0].user_id
    moments = [(number, opened.get((user_id or 0, row.pk))) for number, row in enumerate(documents, 1)]
    return ProofRow(
        key=key,
        name=group[0].notice.name,
        seat=who.seat if who else None,
        is_invited=group[0].notice.event == "pack.invited",
        letters=tuple(delivery.notice for delivery in group),
        has_account=user_id is not None,
        opened_at=min((row.opened_at for row in group if row.opened_at), default=None),
        documents=tuple(Opened(number, at) for number, at in moments if at),
    )


def _unwritten(row: Addressee) -> ProofRow:
    return ProofRow(
        key=row.key,
        name=row.recipient.name,
        seat=row.seat,
        is_invited=row.invitee is not None,
        letters=(),
        has_account=row.has_account,
        opened_at=None,
        documents=(),
    )


def unopened_count(dispatch: Dispatch) -> tuple[int, int]:
    """Return how many have not opened a dispatch (deliveries prefetched), and of how many with accounts."""
    opened: dict[int, bool] = {}
    for row in dispatch.deliveries.all():
        if row.user_id is not None:
            opened[row.user_id] = opened.get(row.user_id, False) or row.opened_at is not None
    return sum(not each for each in opened.values()), len(opened)


def is_sent_as_approved(meeting: Meeting) -> bool:
    """Return whether the agenda went out as it stands: what was changed since is to be sent anew (22)."""
    approved = approved_version(meeting)
    if approved is None or not Dispatch.objects.filter(version=approved).exists():
        return False
    return approved.sha256 == content_hash(agenda_content(meeting, meeting.items.for_agenda()))
