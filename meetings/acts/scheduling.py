"""Acts about scheduling, cancelling, announcing and initiatives of members."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {
    "initiative": gettext_lazy("initiatives of members"),
    "quarter": gettext_lazy("quarters without a meeting"),
}

ACTS: dict[str, Act] = {
    "meeting.cancelled": Act(gettext_lazy("the meeting was cancelled: %(reason)s"), to_all=True),
    "quarter.breached": Act(
        gettext_lazy("no regular meeting was held in quarter %(quarter)s of %(year)s"), to_all=True
    ),
    "quarter.explained": Act(
        gettext_lazy("the reason why quarter %(quarter)s of %(year)s had no regular meeting: %(reason)s"),
        to_all=True,
    ),
    "initiative.started": Act(gettext_lazy("an initiative of members was started"), to_all=True),
    "initiative.joined": Act(
        gettext_lazy("a member joined the initiative, joined: %(joined)s of %(needed)s"), to_all=True
    ),
    "initiative.left": Act(gettext_lazy("a member left the initiative"), to_all=True),
    "initiative.reached": Act(
        gettext_lazy("the initiative was reached, joined: %(joined)s of %(total)s"), to_all=True
    ),
    "initiative.withdrawn": Act(gettext_lazy("the initiative was withdrawn"), to_all=True),
    "initiative.called": Act(gettext_lazy("the meeting of the initiative was called"), to_all=True),
}
