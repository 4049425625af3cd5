"""The signed protocol of the demo's finished meeting (clauses 14, 15, 23)."""

from datetime import timedelta

from meetings.models import Meeting
from members import journal
from protocols import actions, labels, signing
from protocols.actions import PointText
from protocols.models import Protocol, ProtocolItem, Signature
from protocols.states import EditionState, Method, State
from protocols.telling import in_roles, tell
from staff_portal.demo.minutes import MINUTES, OPINION, DemoPoint, Heard
from staff_portal.demo.people import SHARED_WORDS
from staff_portal.demo.questions import HELD
from staff_portal.demo.scene import HEAD, Scene, moment


def write_up(scene: Scene, meeting: Meeting) -> Protocol:
    """Draw up the protocol of the ended meeting the same day and sign it the next working day."""
    day, secretary = meeting.day, scene.secretary
    protocol = actions.draw_up(meeting, by=secretary, now=moment(day, "16:40"))
    for row, heard in zip(protocol.items.order_by("item__order"), MINUTES, strict=True):
        _write(scene, meeting, row, heard)
    actions.file_dissent(
        meeting.items.get(order=HELD.index(OPINION.question) + 1),
        text=OPINION.text,
        proposal=OPINION.proposal,
        by=scene.actor(OPINION.seat),
        now=moment(day, "17:10"),
    )
    edition = actions.send_for_signature(protocol, by=secretary, now=moment(day, "17:40"))
    actions.render_documents(edition.pk, now=moment(day, "17:41"))
    return _sign(scene, protocol)


def _write(scene: Scene, meeting: Meeting, row: ProtocolItem, heard: Heard) -> None:
    actions.save_item(
        row,
        # The draft begins with the office and the name of the speaker.
        heard_kk=f"{row.heard_kk} – {heard.heard_kk}",
        heard_ru=f"{row.heard_ru} – {heard.heard_ru}",
        spoke_kk=heard.spoke_kk.format_map(scene.names),
        spoke_ru=heard.spoke_ru.format_map(scene.names),
        points=[_point(scene, meeting, point) for point in heard.points],
        version=row.version,
        by=scene.secretary,
        now=moment(meeting.day, "16:55"),
    )


def _point(scene: Scene, meeting: Meeting, point: DemoPoint) -> PointText:
    executor = scene.people[point.seat].seat.organisation if point.seat else None
    return PointText(
        text_kk=point.text_kk,
        text_ru=point.text_ru,
        executor=executor,
        due_on=meeting.day + timedelta(days=point.days) if point.days else None,
        is_standing=point.is_standing,
    )


def _sign(scene: Scene, protocol: Protocol) -> Protocol:
    """Sign the documents as the head on the next working day.

    Like the votes of that meeting, the signature bears a moment of the past, which `actions.sign` takes
    from the database's clock; so its rows are written here, under the same guards and constraints.
    """
    protocol.refresh_from_db()
    head, holder = scene.actor(HEAD), scene.people[HEAD]
    signed_at = moment(scene.next_working(protocol.meeting.day + timedelta(days=1)), "09:35")
    edition = protocol.editions.current().get()
    hashes = {}
    for document in edition.documents.all():
        hashes[document.language] = document.sha256
        Signature.objects.create(
            document=document,
            role=holder.seat.role,
            signer=holder.user,
            signer_text=f"{holder.user.name}, {holder.seat.office_kk}",
            method=Method.PASSWORD,
            signed_at=signed_at,
            sha256=document.sha256,
            evidence=signing.by_password(bytes(document.content), holder.user, {"password": SHARED_WORDS}),
        )
    edition.state = EditionState.SIGNED
    edition.save(update_fields=["state"])
    protocol.state, protocol.signed_at, protocol.signed_by = State.SIGNED, signed_at, holder.user
    protocol.save()
    journal.record(
        "protocol.signed", protocol, by=head, now=signed_at, clause="15", method=Method.PASSWORD, **hashes
    )
    people = in_roles(scene.staff, now=signed_at)
    tell(protocol.meeting, "protocol.signed", protocol.pk, labels.signed, people, now=signed_at)
    return protocol
