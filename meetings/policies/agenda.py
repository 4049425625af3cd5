from collections.abc import Iterable
from datetime import date

from meetings.facts import ItemMaterials
from meetings.models import AgendaItem, AgendaVersion, Invitee, Meeting, Question
from meetings.policies.inputs import is_of_staff
from meetings.policies.scheduling import may_prepare
from meetings.states import AgendaState, QuestionKind, State
from members.models import Seat
from members.permissions import Actor
from members.policies import has_powers_of_head, may_act_for_head
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, refused


def may_edit_agenda(meeting: Meeting, submitted: AgendaVersion | None) -> Verdict:
    """What lies with the head is not changed behind his back: it is taken back first (clause 22)."""
    if submitted is not None:
        return refused("agenda_is_with_head", "22", version=submitted.number)
    return may_prepare(meeting)


def may_put_on(meeting: Meeting, question: Question, *, today: date) -> Verdict:
    """A question of the Staff stands on one agenda that is being prepared, not on two at once (clause 22)."""
    own = is_of_staff(meeting.staff_id, question)
    if not own:
        return own
    elsewhere = Meeting.objects.filter(items__question=question, state=State.PLANNED, day__gte=today)
    other = elsewhere.exclude(pk=meeting.pk).order_by("day", "pk").first()
    return refused("question_on_other_agenda", "22", day=other.day) if other else ALLOWED


def problems_before_submitting(items: Iterable[AgendaItem]) -> list[Verdict]:
    """Return everything the agenda lacks, so that the page can show all of it (clause 22).

    A question for information needs no draft decision. Whether each has a basis `ungrounded` says.
    """
    rows = list(items)
    if not rows:
        return [refused("agenda_is_empty", "22")]
    problems = []
    for item in rows:
        if not (item.speaker_kk or item.speaker_ru):
            problems.append(refused("item_without_speaker", "22", order=item.order, item=item.pk))
        needs_draft = item.question.kind != QuestionKind.INFORMATION
        if needs_draft and not (item.draft_kk or item.draft_ru):
            problems.append(refused("item_without_draft", "22", order=item.order, item=item.pk))
    return problems


def warnings_before_submitting(rows: Iterable[ItemMaterials], people: Iterable[Invitee]) -> list[Verdict]:
    """Return what the agenda lacks although it may go on without: a language, a term, a material (19, 22)."""
    found: list[Verdict] = []
    for row in rows:
        order = row.item.order
        found += [refused(f"item_without_{code}", "19", order=order) for code in missing_languages(row.item)]
        found += [
            refused("point_without_term", "24", order=order, point=point.number)
            for point in row.item.points.all()
            if point.executor_id and not (point.due_on or point.is_standing)
        ]
        if row.is_missing and not row.is_undecided:
            found.append(refused("material_awaited", "22", order=order, count=len(row.owed)))
    for person in people:
        if not person.email:
            found.append(refused("invited_without_email", "21", name=person.name))
        if not (person.office_kk and person.office_ru):
            code = "ru" if person.office_kk else "kk"
            found.append(refused(f"invited_without_{code}", "19", name=person.name))
    return found


def missing_languages(item: AgendaItem) -> list[str]:
    """Return the languages in which a text of the item is missing, though it is there in the other (19)."""
    texts = [(item.question, "title"), (item, "speaker"), (item, "co_speakers")]
    texts += [(point, "text") for point in item.points.all()]
    pairs = [(getattr(row, f"{name}_kk"), getattr(row, f"{name}_ru")) for row, name in texts]
    found = {"kk": any(ru and not kk for kk, ru in pairs), "ru": any(kk and not ru for kk, ru in pairs)}
    return [code for code, lacks in found.items() if lacks]


def may_stand_in(meeting: Meeting, seat: Seat | None) -> Verdict:
    """Who comes instead of a member is only invited: a seat with a vote of the meeting's own Staff (20)."""
    if seat is None:
        return ALLOWED
    if seat.composition.staff_id != meeting.staff_id:
        return refused("other_staff")
    return ALLOWED if seat.votes else refused("nobody_to_stand_in_for", "20")


def may_submit(
    meeting: Meeting, submitted: AgendaVersion | None, approved: AgendaVersion | None, digest: str
) -> Verdict:
    """An agenda goes to the head once; the same text is not submitted again after its approval."""
    if submitted is not None:
        return refused("agenda_is_with_head", "22", version=submitted.number)
    if approved is not None and approved.sha256 == digest:
        return refused("agenda_unchanged", "22", version=approved.number)
    return may_prepare(meeting)


def is_undecided(version: AgendaVersion) -> Verdict:
    """A submitted version is decided, or taken back, once and before the meeting (clause 22)."""
    if version.state != AgendaState.SUBMITTED:
        return refused("agenda_already_decided", "22", version=version.number)
    return may_prepare(version.meeting)


def may_decide_agenda(version: AgendaVersion, by: Actor, ground: str) -> Verdict:
    """The head decides, or whoever replaces him, with the ground of the absence (clauses 22, 25(3))."""
    undecided = is_undecided(version)
    if not undecided:
        return undecided
    decides = decides_on_agenda(version.meeting, by)
    return decides if is_for_head_alone(version.meeting) or not decides else may_act_for_head(by, ground)


def decides_on_agenda(meeting: Meeting, by: Actor) -> Verdict:
    """The agenda is decided by who has the powers of the head (22).

    Where the regulation leaves it to the head alone, he decides in a recorded absence too: nobody else may.
    """
    if is_for_head_alone(meeting):
        return ALLOWED if by.role == Role.HEAD else refused("only_the_head", "22")
    return has_powers_of_head(by)


def is_for_head_alone(meeting: Meeting) -> bool:
    """Whether no deputy decides on the agenda, even while the head is away (clause 22)."""
    return meeting.procedure.agenda_approver == "head"


def is_same_text(item: AgendaItem, version: int) -> Verdict:
    """Nobody writes over what another window saved meanwhile."""
    return ALLOWED if item.version == version else refused("item_edited_meanwhile", "22", order=item.order)


def is_what_was_seen(version: AgendaVersion, seen: str) -> Verdict:
    """One approves the text one has read: the hash comes back from the page."""
    return ALLOWED if version.sha256 == seen else refused("agenda_changed_meanwhile", "22")
