"""Why something about the agenda and the session of a meeting does not happen now."""

from django.utils.translation import gettext_lazy

REASONS = {
    "wrong_meeting_state": gettext_lazy("The meeting is in another state now: %(state_word)s."),
    "meeting_has_begun": gettext_lazy("The meeting has begun, its agenda does not change any more."),
    "agenda_is_with_head": gettext_lazy(
        "Version %(version)s of the agenda is with the head. Take it back first."
    ),
    "item_moved_meanwhile": gettext_lazy(
        "The agenda changed after you opened this page: another question stands here now. Open it again."
    ),
    "item_edited_meanwhile": gettext_lazy(
        "Question %(order)s was changed in another window meanwhile. Compare both texts, then save."
    ),
    "agenda_is_empty": gettext_lazy("The agenda has no questions yet. Add at least one."),
    "item_without_speaker": gettext_lazy("Question %(order)s: name the speaker."),
    "item_without_draft": gettext_lazy(
        "Question %(order)s: write the draft decision in at least one language."
    ),
    "agenda_unchanged": gettext_lazy("Nothing has changed since version %(version)s was approved."),
    "agenda_already_decided": gettext_lazy("Version %(version)s of the agenda has already been decided."),
    "agenda_changed_meanwhile": gettext_lazy(
        "The agenda changed after you opened it. Read it again and decide."
    ),
    "only_the_head": gettext_lazy("By the regulation in force only the head himself approves the agenda."),
    "ground_needed": gettext_lazy("You act for the head: write the ground of the head's absence."),
    "late_already_admitted": gettext_lazy(
        "The late material of question %(order)s has already been admitted."
    ),
    "material_in_time": gettext_lazy(
        "The material of question %(order)s is not late, nothing needs deciding."
    ),
    "agenda_not_approved": gettext_lazy("The agenda is not approved yet. Submit it to the head first."),
    "agenda_changed_after_approval": gettext_lazy(
        "The agenda was changed after version %(version)s was approved. Submit it again."
    ),
    "already_dispatched": gettext_lazy("Version %(version)s has already been sent to everybody."),
    "not_the_day": gettext_lazy("The meeting is on %(day_word)s. Registration begins on that day."),
    "attendance_closed": gettext_lazy(
        "Attendance is marked only from registration until the end of the meeting."
    ),
    "seat_is_vacant": gettext_lazy(
        "The seat is vacant: it counts in the total, and nobody may sit in for it."
    ),
    "has_voted_in_open_ballot": gettext_lazy("%(name)s has voted in the vote that is open. Close it first."),
    "only_head_or_deputy_chairs": gettext_lazy("Only the head chairs, and in his absence a deputy head."),
    "head_is_present": gettext_lazy(
        "The head is at the meeting and chairs it; a deputy chairs only in his absence."
    ),
    "attendance_relied_on": gettext_lazy(
        "Votes have relied on this attendance. Mark the member as having left."
    ),
    "has_voted_personally": gettext_lazy("%(name)s has voted personally; nobody writes over that vote."),
    "chair_not_present": gettext_lazy("%(name)s is not marked present. Mark the chair first."),
    "no_quorum": gettext_lazy(
        "There is no quorum: %(present)s of %(total)s are present, %(needed)s are needed."
    ),
    "there_is_a_quorum": gettext_lazy(
        "There is a quorum: %(present)s of %(total)s are present. Open the meeting."
    ),
    "no_chair": gettext_lazy("Choose who chairs the meeting first."),
    "meeting_not_open": gettext_lazy("The meeting is not in session, nothing can be put to the vote."),
    "another_vote_is_open": gettext_lazy("The vote on question %(order)s is still open. Close it first."),
    "item_already_voted": gettext_lazy("Question %(order)s has been voted already, its outcome stands."),
    "no_vote_here": gettext_lazy(
        "You have no vote at this meeting: only members of the Staff vote, without substitution."
    ),
    "vote_is_closed": gettext_lazy(
        "The vote was closed at %(closed_word)s, no vote is counted after that. Tell the chair now."
    ),
    "not_marked_present": gettext_lazy("To vote, say first that you are at the meeting."),
    "vote_is_going_on": gettext_lazy(
        "The vote on question %(order)s is open. Close it, then end the meeting."
    ),
    "already_present": gettext_lazy("You are already marked present."),
}
