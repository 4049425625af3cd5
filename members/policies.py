"""May this happen now? Facts in, a verdict out, with the clause; permissions are asked elsewhere."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from members.actors import Actor
from members.models import Absence, Composition, Holder, Invitation, Place, Regulation, Seat, User
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, all_of, refused

DAY = timedelta(days=1)
# Roles that one seat of a composition has, and why a second one is refused.
ONCE = {Role.HEAD: "second_head", Role.SECRETARY: "second_secretary"}


def has_powers_of_head(by: Actor) -> Verdict:
    """Approvals, chairing and signature belong to the head, in a recorded absence to the named deputy alone.

    While no absence is recorded a deputy is not refused here: whether he names a ground is asked by
    `may_act_for_head` (clause 25(3)).
    """
    absence = by.absence
    if absence is None or by.replaces_head:
        return ALLOWED
    if by.role == Role.HEAD:
        return refused("head_is_absent", "25.3", until=absence.until, name=absence.deputy.name)
    return refused("another_performs", "25.3", until=absence.until, name=absence.deputy.name)


def ground_for_head(by: Actor, typed: str) -> str:
    """Return the ground on which `by` acts for the head: that of the recorded absence, else what was typed.

    The head needs none.
    """
    if by.role == Role.HEAD:
        return ""
    return by.absence.ground if by.absence is not None else typed


def needs_ground(by: Actor) -> bool:
    """Whether `by` has to type the ground of the head's absence: a deputy, while none is recorded."""
    return by.role == Role.DEPUTY_HEAD and by.absence is None


def may_act_for_head(by: Actor, ground: str) -> Verdict:
    """The head acts; in his absence a deputy, and the ground is recorded (clause 25(3)).

    With a recorded absence only the named deputy acts and types no ground; without one a deputy names it.
    """
    powers = has_powers_of_head(by)
    if not powers or by.role == Role.HEAD or ground_for_head(by, ground):
        return powers
    return refused("ground_needed", "25.3")


def may_seat(
    seat: Seat, later: Holder | None, absence: Absence | None, *, since: date, until: date | None
) -> Verdict:
    """A seat of an approved composition is taken within its time, one holder at a time (clause 11).

    `later` is the holder whose term begins on `since` or after it, no later than `until`, or None; `absence`
    one that is recorded for `since` or later: who becomes the head is not away because the former one is.
    """
    version = seat.composition
    return all_of(
        is_term_in_order(since, until),
        ALLOWED if version.approved_at else refused("seat_of_draft", "11"),
        ALLOWED if is_within(version.in_force_from, version.in_force_until, since) else _not_in_force(seat),
        refused("seat_is_held_from", "11", name=later.user.name, day=later.since) if later else ALLOWED,
        refused("absence_of_former_head", "25.3", until=absence.until)
        if absence and seat.role == Role.HEAD
        else ALLOWED,
    )


def seats_no_self(by: Actor, email: str, line: Iterable[Seat]) -> Verdict:
    """Who records holders takes no other seat: with it the rights of the secretary would be gone.

    `line` is the seat to be taken and those that continue it.
    """
    is_own = by.user is not None and by.user.email.casefold() == email.casefold()
    goes_on = any(by.seat in (seat, seat.continues) for seat in line)
    return ALLOWED if not is_own or goes_on else refused("own_other_seat", "22")


def may_last_until(until: date | None, last_day: date | None) -> Verdict:
    """A term with a last day does not outlast the seat, whose own last day is `last_day` (None: open)."""
    outlasts = until is not None and last_day is not None and until > last_day
    return refused("seat_ends_before", "11", until=last_day) if outlasts else ALLOWED


def stays_deputy(absence: Absence | None) -> Verdict:
    """Who performs the head's duties stays while it lasts; `absence` names the person later (25(3))."""
    return refused("performs_duties_of_head", "25.3", until=absence.until) if absence else ALLOWED


def is_within(start: date, end: date | None, day: date) -> bool:
    """Return whether `day` lies in the period, both its ends included; None: open."""
    return start <= day and (end is None or day <= end)


def _not_in_force(seat: Seat) -> Verdict:
    version = seat.composition
    if version.in_force_until is None:
        return refused("seat_not_in_force_before", "11", day=version.in_force_from)
    return refused("seat_not_in_force", "11", day=version.in_force_from, until=version.in_force_until)


def is_term_in_order(since: date, until: date | None) -> Verdict:
    """A term does not end before it begins."""
    in_order = until is None or until >= since
    return ALLOWED if in_order else refused("term_ends_before_it_starts", "11", day=since)


def is_order_whole(number: str, day: date | None) -> Verdict:
    """Who acts, acts by an order with its number and its date, or is no acting holder (clause 20)."""
    return ALLOWED if bool(number) == (day is not None) else refused("order_needs_both", "20")


def may_record_consent(seat: Seat, number: str, day: date | None) -> Verdict:
    """What is known about an office may be recorded without an act: the consent letter of who takes part by
    agreement, with its number and date, and the level (clause 8). A draft is edited seat by seat."""
    has_letter = bool(number) or day is not None
    return all_of(
        ALLOWED if seat.composition.approved_at else refused("edit_in_draft", "11"),
        refused("consent_without_agreement", "8") if has_letter and not seat.by_agreement else ALLOWED,
        ALLOWED if bool(number) == (day is not None) else refused("consent_needs_both", "8"),
    )


def may_end_term(
    holder: Holder,
    by: Actor,
    later: Holder | None,
    absence: Absence | None,
    *,
    until: date,
    today: date,
) -> Verdict:
    """A term ends once, not before it began and not over the next holder's; who performs the head's duties
    stays while the absence lasts (clauses 11, 25(3)).

    One that begins today or later may end the day before it begins: it was entered by mistake.
    `later` is the holder whose term would be met; `absence` one that names this person after `until`.
    """
    is_over = holder.until is not None and holder.until < today
    never_was = holder.since >= today and until == holder.since - DAY
    return all_of(
        refused("term_is_over", "11", day=holder.until) if is_over else ALLOWED,
        refused("own_term", "11") if holder.user == by.user else ALLOWED,
        ALLOWED if never_was else is_term_in_order(holder.since, until),
        refused("seat_is_held_from", "11", name=later.user.name, day=later.since) if later else ALLOWED,
        stays_deputy(absence),
    )


def may_record_absence(
    by: Actor,
    deputies: list[User],
    other: Absence | None,
    *,
    since: date,
    until: date,
    deputy: User,
    today: date,
) -> Verdict:
    """One absence at a time, not over yet; a deputy performs the duties: the first one, unless the head or
    the secretary for him names another (clause 25(3)).

    `deputies` hold the seats of deputies in the order of the composition; `other` is an absence it meets.
    """
    names_another = by.role == Role.DEPUTY_HEAD and deputies[:1] != [deputy]
    return all_of(
        refused("absence_ends_before_it_starts", "25.3") if until < since else ALLOWED,
        refused("absence_is_past", "25.3") if until < today else ALLOWED,
        refused("absence_overlaps", "25.3", day=other.since, until=other.until) if other else ALLOWED,
        ALLOWED if deputy in deputies else refused("not_a_deputy", "25.3", name=deputy.name),
        refused("only_head_names_another", "25.3", name=deputies[0].name)
        if names_another and deputies
        else ALLOWED,
    )


def may_end_absence(absence: Absence, *, last_day: date, today: date) -> Verdict:
    """An absence is shortened once it is known that the head is back; what was yesterday stays (25(3)).

    One that began lasts a day at least: the deputy may have acted under it.
    """
    if absence.until < today:
        return refused("absence_is_over", "25.3", until=absence.until)
    if absence.since == absence.until == today:
        return refused("absence_lasts_its_day", "25.3", until=absence.until)
    if last_day >= absence.until:
        return refused("absence_not_shorter", "25.3", until=absence.until)
    return ALLOWED if last_day >= today - DAY else refused("absence_was_yesterday", "25.3", day=today - DAY)


def may_start_draft(draft: Composition | Regulation | None) -> Verdict:
    """One draft at a time: two would fork from the same version (clause 11)."""
    return refused("draft_exists", "11") if draft else ALLOWED


def may_begin_on(day: date, former: Composition | Regulation | None) -> Verdict:
    """A new version begins after the former one began, and after it ended where it did (clause 11)."""
    if former is None:
        return ALLOWED
    if day <= former.in_force_from:
        return refused("starts_too_early", "11", since=former.in_force_from)
    if former.in_force_until is not None and day <= former.in_force_until:
        return refused("former_still_in_force", "11", until=former.in_force_until)
    return ALLOWED


def changes_something(former: Composition | Regulation | None, before: str, after: str) -> Verdict:
    """A new version says something else; `before` and `after` are `facts.body_hash` of both (clause 11)."""
    return refused("nothing_changes", "11") if former is not None and before == after else ALLOWED


def is_act_dated(day: date | None, *, today: date) -> Verdict:
    """An act has been signed by the day on which it is recorded."""
    return refused("act_date_ahead", "11", day=today) if day is not None and day > today else ALLOWED


def is_body_as_seen(seen: str, digest: str) -> Verdict:
    """Nobody writes over what changed meanwhile: `facts.body_hash` when the form was opened and now."""
    return ALLOWED if seen == digest else refused("draft_other_meanwhile", "11")


def is_as_seen(seen: str, digest: str) -> Verdict:
    """What is approved is what was read: `seen` and `digest` are `facts.content_hash` then and now."""
    return ALLOWED if seen == digest else refused("draft_changed_meanwhile", "11")


def is_seat_as_seen(seen: str, digest: str) -> Verdict:
    """Nobody writes over what another wrote meanwhile: `facts.seat_hash` when the form was opened and now."""
    return ALLOWED if seen == digest else refused("seat_changed_meanwhile", "11")


def is_whole(seats: Iterable[Seat]) -> Verdict:
    """A composition has a head, a secretary and members (clauses 8, 22; annex 1)."""
    seats = list(seats)
    roles = {seat.role for seat in seats}
    if not seats:
        return refused("composition_is_empty", "11")
    if Role.HEAD not in roles:
        return refused("composition_without_head", "8")
    if Role.SECRETARY not in roles:
        return refused("composition_without_secretary", "22")
    if not any(seat.votes for seat in seats):
        return refused("nobody_votes", "13")
    return ALLOWED


def may_take_role(role: str, others: Iterable[Seat]) -> Verdict:
    """One head and one secretary in a composition; `others` are its other seats (clauses 8, 22)."""
    if role in ONCE and any(seat.role == role for seat in others):
        return refused(ONCE[Role(role)], "8" if role == Role.HEAD else "22")
    return ALLOWED


def may_complete_act(version: Composition | Regulation, filled: Iterable[str]) -> Verdict:
    """What the act lacked may be filled in once; `filled` names the fields to be written (clause 11)."""
    if any(getattr(version, name) for name in filled):
        return refused("act_fact_stands", "11")
    return ALLOWED


def may_invite(user: User, *, has_post: bool) -> Verdict:
    """Who holds a seat or another place may be invited, unless an administrator closed the account."""
    return all_of(
        ALLOWED if user.is_active else refused("account_closed"),
        ALLOWED if has_post else refused("no_post", name=user.name),
    )


def may_withdraw_invitation(invitation: Invitation) -> Verdict:
    """What was accepted stands: its effect is ended by ending the place."""
    if invitation.accepted_at:
        return refused("invitation_used")
    return refused("invitation_withdrawn") if invitation.withdrawn_at else ALLOWED


def may_accept(invitation: Invitation, user: User, *, has_post: bool, now: datetime) -> Verdict:
    """An invitation works once and for its days, as long as the person still has a place in the Staff."""
    is_old = now >= invitation.expires_at
    return all_of(
        may_withdraw_invitation(invitation),
        refused("invitation_expired") if is_old else ALLOWED,
        ALLOWED if user.is_active and has_post else refused("invitation_withdrawn"),
    )


def may_hold_post(user: User) -> Verdict:
    """An administrator of the installation has no rights to content; who may not sign in is given nothing."""
    return all_of(
        refused("administrator_holds_nothing", name=user.name) if user.is_superuser else ALLOWED,
        ALLOWED if user.is_active else refused("holder_account_closed", name=user.name),
    )


def may_grant_place(held: Place | None, *, since: date, until: date | None) -> Verdict:
    """The same place is given once at a time; `held` is one that the person has on `since` or later."""
    return all_of(
        is_term_in_order(since, until),
        refused("place_held", name=held.user.name, day=held.since) if held else ALLOWED,
    )


def may_end_place(place: Place, by: Actor, *, today: date) -> Verdict:
    """A place ends once, and nobody ends the own one."""
    is_over = place.until is not None and place.until < today
    return all_of(
        refused("place_is_over", day=place.until) if is_over else ALLOWED,
        refused("own_access") if place.user_id == by.person.pk else ALLOWED,
    )


def may_correct_email(user: User, *, has_post: bool, elsewhere: bool, is_taken: bool) -> Verdict:
    """An address is corrected before anybody signed in with it: later it would hand the account over.

    `elsewhere`: whether the person has a post in another Staff; `is_taken`: whether another account has it.
    """
    is_used = user.has_usable_password() or user.last_login is not None or user.is_superuser
    return all_of(
        ALLOWED if has_post else refused("no_post", name=user.name),
        refused("email_in_use", name=user.name) if is_used else ALLOWED,
        ALLOWED if user.is_active else refused("account_closed"),
        refused("email_of_another_staff", name=user.name) if elsewhere else ALLOWED,
        refused("email_taken") if is_taken else ALLOWED,
    )


def may_set_password(user: User, *, invited: bool, is_open: bool) -> Verdict:
    """Who was invited sets the first password by the invitation alone, or while it is open (ADR 9).

    `invited`: whether the person was ever invited; `is_open`: whether an invitation may still be accepted.
    """
    may = user.has_usable_password() or is_open or not invited
    return ALLOWED if may else refused("invitation_expired")


def may_reset_factor(user: User, by: Actor, *, has_post: bool, elsewhere: bool, has_factor: bool) -> Verdict:
    """The secretary resets the factor of a person of this Staff alone, not the own nor an administrator's.

    `elsewhere`: whether the person has a post in another Staff, which is not the secretary's to open.
    """
    return all_of(
        refused("own_access") if user.pk == by.person.pk else ALLOWED,
        refused("administrator_resets") if user.is_superuser else ALLOWED,
        ALLOWED if has_post else refused("no_post", name=user.name),
        refused("factor_of_another_staff", name=user.name) if elsewhere else ALLOWED,
        ALLOWED if has_factor else refused("no_second_factor", name=user.name),
    )
