"""Who has access to the Staff: seats and other places, invitations, the second factor."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import actions, permissions, policies
from members.accounts import confirm_first
from members.forms.access import EmailForm, PlaceForm, RecognisedForm
from members.models import Invitation, Place, User
from members.pages import staff_page, tried
from members.permissions import Actor
from members.posts import Post, posts_in, with_posts_elsewhere
from members.second_factor import FACTORS, has_factor


@dataclass
class Person:
    """A person with their posts in the Staff, and how far the sign-in has come."""

    user: User
    posts: list[Post] = field(default_factory=list)
    invitation: Invitation | None = None
    has_factor: bool = False
    may_end: bool = False
    may_invite: bool = False
    may_correct: bool = False
    may_reset: bool = False

    def state(self, now: datetime) -> str:
        """Return the code of the sign-in state: closed, open, expired, signed_in or never."""
        if not self.user.is_active:
            return "closed"
        if self.invitation is not None:
            return "open" if self.invitation.expires_at > now else "expired"
        return "signed_in" if self.user.last_login else "never"


@staff_page(permissions.READ_PEOPLE)
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody with a seat or another place, with the state of their sign-in and what may be done."""
    now = timezone.now()
    rows = people_of(actor, now=now)
    manages = bool(actor.roles & permissions.MANAGE_PEOPLE.roles)
    context = {
        "rows": [(person, person.state(now)) for person in rows],
        "manages": manages,
        "count": len(rows),
    }
    return render(request, "members/people.html", context)


def people_of(actor: Actor, *, now: datetime) -> list[Person]:
    """Return the persons of the actor's Staff, seats first, in a fixed number of queries."""
    today = timezone.localdate(now)
    found: dict[int, Person] = {}
    for post in posts_in(actor.staff, today=today):
        found.setdefault(post.user.pk, Person(post.user)).posts.append(post)
    waiting = Invitation.objects.filter(
        staff=actor.staff, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    invitations = {row.user_id: row for row in waiting}
    with_factor = set(
        Authenticator.objects.filter(user__in=found, type__in=FACTORS).values_list("user_id", flat=True)
    )
    elsewhere = with_posts_elsewhere(actor.staff, [person.user for person in found.values()], today=today)
    for pk, person in found.items():
        is_elsewhere = pk in elsewhere
        person.invitation = invitations.get(pk)
        person.has_factor = pk in with_factor
        person.may_end = pk != actor.person.pk
        person.may_invite = pk != actor.person.pk and bool(policies.may_invite(person.user, has_post=True))
        person.may_correct = bool(
            policies.may_correct_email(person.user, has_post=True, elsewhere=is_elsewhere, is_taken=False)
        )
        person.may_reset = bool(
            policies.may_reset_factor(
                person.user, actor, has_post=True, elsewhere=is_elsewhere, has_factor=person.has_factor
            )
        )
    return list(found.values())


def _person(actor: Actor, pk: int) -> User:
    """Return a person of the actor's Staff, or raise Http404."""
    in_staff = {post.user.pk for post in posts_in(actor.staff, today=timezone.localdate())}
    return get_object_or_404(User, pk=pk if pk in in_staff else None)


def _back(actor: Actor) -> HttpResponse:
    return redirect("members:people", staff=actor.staff.code)


@staff_page(permissions.MANAGE_PEOPLE)
def invite(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Send the invitation, or send it again: the one before no longer works."""
    user = _person(actor, pk)
    if request.method == "POST":
        actions.invite(user, actor.staff, by=actor, now=timezone.now())
        messages.success(request, _("The invitation is sent to %(email)s.") % {"email": user.email})
    return _back(actor)


@staff_page(permissions.MANAGE_PEOPLE)
def correct_email(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Correct a mistyped address before the first sign-in; the invitation goes to the right one."""
    user = _person(actor, pk)
    elsewhere = bool(with_posts_elsewhere(actor.staff, [user], today=timezone.localdate()))
    policies.may_correct_email(user, has_post=True, elsewhere=elsewhere, is_taken=False).or_raise()
    form = EmailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.correct_email(user, by=actor, now=timezone.now(), **data)) is not None:
            messages.success(request, _("The invitation is sent to %(email)s.") % data)
            return _back(actor)
    return render(request, "members/person_email.html", {"person": user, "form": form})


@staff_page(permissions.MANAGE_PEOPLE)
def withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Withdraw an open invitation."""
    row = get_object_or_404(Invitation, pk=pk, staff=actor.staff)
    if request.method == "POST":
        actions.withdraw_invitation(row, by=actor, now=timezone.now())
        messages.success(request, _("The invitation is withdrawn: its link no longer works."))
    return _back(actor)


@staff_page(permissions.MANAGE_PEOPLE)
def grant(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a person a place without a seat, and invite them."""
    confirm_first(request)
    today = timezone.localdate()
    form = PlaceForm(request.POST or None, staff=actor.staff, today=today, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = tried(form, lambda: actions.grant_place(actor.staff, by=actor, now=timezone.now(), **data))
        if place is not None:
            messages.success(
                request, _("The place is given, a letter goes to %(email)s.") % {"email": data["email"]}
            )
            return _back(actor)
    return render(request, "members/place_form.html", {"form": form})


@staff_page(permissions.MANAGE_PEOPLE)
def end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End a place after asking; it is over at once."""
    place = get_object_or_404(Place.objects.select_related("user", "organisation"), pk=pk, staff=actor.staff)
    policies.may_end_place(place, actor, today=timezone.localdate()).or_raise()
    if request.method == "POST":
        actions.end_place(place, by=actor, now=timezone.now())
        messages.success(request, _("The place is ended."))
        return _back(actor)
    return render(request, "members/place_end.html", {"place": place, "post": Post(place.user, place=place)})


@staff_page(permissions.MANAGE_PEOPLE)
def reset_factor(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Reset the second factor of a person who lost it; the secretary says how the person was recognised."""
    confirm_first(request)
    user = _person(actor, pk)
    elsewhere = bool(with_posts_elsewhere(actor.staff, [user], today=timezone.localdate()))
    policies.may_reset_factor(
        user, actor, has_post=True, elsewhere=elsewhere, has_factor=has_factor(user)
    ).or_raise()
    form = RecognisedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reset_second_factor(user, **form.cleaned_data, by=actor, now=timezone.now())
        messages.success(
            request,
            _("The second factor of %(name)s is reset. The next sign-in sets up a new one.")
            % {"name": user.name},
        )
        return _back(actor)
    return render(request, "members/people_factor.html", {"person": user, "form": form})
