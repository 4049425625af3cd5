from datetime import datetime

from django.db import transaction

from meetings.facts import ballot_of
from meetings.locks import locked_meeting
from meetings.models import AgendaItem, Elector, Meeting
from members import journal
from members.models import User
from members.permissions import Actor
from members.states import Role
from protocols import labels, permissions, policies
from protocols.actions.sending import new_edition
from protocols.locks import leave_edition, locked_protocol
from protocols.models import DissentingOpinion, Protocol
from protocols.states import WITH_HEAD, EditionState, State
from protocols.telling import in_roles, signer_of, tell


@transaction.atomic
def file_dissent(
    item: AgendaItem, *, text: str, proposal: str, by: Actor, now: datetime
) -> DissentingOpinion:
    """File the dissenting opinion of a member on one question and return it (clause 14).

    Before the signing it is attached: what lies with the signer is replaced by a new edition. After it
    the opinion is kept as received after signing. Raises Refused; once per member and question.
    """
    permissions.DISSENT.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    protocol = Protocol.objects.filter(meeting=meeting).first()
    protocol = locked_protocol(protocol) if protocol else None
    item = meeting.items.select_related("question").prefetch_related("ballots").get(pk=item.pk)
    elector = elector_of(meeting, by.user)
    policies.may_dissent(meeting, elector, ballot_of(item), filed_by(item, elector)).or_raise()
    opinion = DissentingOpinion.objects.create(
        item=item,
        elector=elector,  # type: ignore[misc] # the policy refused None
        text=text,
        proposal=proposal,
        filed_at=now,
        after_signing=protocol is not None and protocol.state == State.SIGNED,
    )
    data = {"order": item.order, "after_signing": opinion.after_signing}
    journal.record("dissent.filed", opinion, by=by, now=now, clause="14", **data)
    _tell(meeting, protocol, opinion, now=now)
    return opinion


def elector_of(meeting: Meeting, user: User | None) -> Elector | None:
    """Return the seat of `user` in the composition frozen for the meeting, or None."""
    return meeting.electors.filter(user=user).first() if user else None


def filed_by(item: AgendaItem, elector: Elector | None) -> DissentingOpinion | None:
    """Return the opinion that `elector` filed on the question, or None."""
    return item.dissents.filter(elector=elector).first() if elector else None


def _tell(meeting: Meeting, protocol: Protocol | None, opinion: DissentingOpinion, *, now: datetime) -> None:
    people = in_roles(meeting.staff, Role.SECRETARY, now=now)
    if opinion.after_signing:
        people += in_roles(meeting.staff, Role.HEAD, now=now)
        tell(meeting, "dissent.after_signing", opinion.pk, labels.opinion_after_signing, people, now=now)
        return
    tell(meeting, "dissent.filed", opinion.pk, labels.opinion_filed, people, now=now)
    if protocol is not None and protocol.state in WITH_HEAD:
        edition = leave_edition(protocol, EditionState.REPLACED)
        new_edition(protocol, sent_by=edition.sent_by, now=now)
        tell(meeting, "protocol.replaced", edition.pk, labels.replaced, signer_of(protocol), now=now)
