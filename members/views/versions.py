"""Pages common to versions by act, of the composition and of the regulation (clause 11)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import comparison, facts, parameters, policies
from members.accounts import confirm_first
from members.actions import composition, procedure, versions
from members.forms.composition import ActForm, ApproveForm, CompleteActForm
from members.models import Composition, Regulation
from members.pages import staff_page, tried
from members.permissions import EDIT_COMPOSITION, EDIT_REGULATION, READ_COMPOSITION, READ_REGULATION, Actor
from regulation.procedure import Procedure
from regulation.verdicts import Refused, refused

MODELS: dict[str, type[Composition] | type[Regulation]] = {
    "composition": Composition,
    "regulation": Regulation,
}
READ = {"composition": READ_COMPOSITION, "regulation": READ_REGULATION}
EDIT = {"composition": EDIT_COMPOSITION, "regulation": EDIT_REGULATION}


def draft_of(actor: Actor, kind: str) -> Any:
    """Return the draft of the actor's Staff; Refused when it was approved or discarded meanwhile."""
    EDIT[kind].require(actor, actor.staff.pk)
    draft = MODELS[kind].objects.filter(staff=actor.staff, approved_at__isnull=True)
    found = draft.select_related("staff").first()
    if found is None:
        raise Refused(refused("draft_gone", "11"))
    return found


def approved_of(actor: Actor, kind: str, pk: int) -> Any:
    """Return an approved version of the actor's Staff, or raise Http404."""
    rows = MODELS[kind].objects.filter(staff=actor.staff, approved_at__isnull=False)
    found = rows.select_related("staff").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def change_of(version: Composition | Regulation) -> Any:
    """Return what a draft changes: a `Difference` of seats, or a tuple of changed parameters."""
    if isinstance(version, Regulation):
        former = versions.latest_of(Regulation, version.staff)
        return parameters.changes(former.procedure if former else Procedure(), version.procedure)
    before = versions.latest_of(Composition, version.staff)
    rows = [list(each.seats.select_related("organisation")) if each else [] for each in (before, version)]
    return comparison.compare(rows[0], rows[1])


def typed(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form was sent with, even when nothing was filled in; nothing for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@staff_page()
def start(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Start a draft as a copy of the version in force."""
    EDIT[kind].require(actor, actor.staff.pk)
    if request.method == "POST":
        begin = composition.start_composition if kind == "composition" else procedure.start_regulation
        try:
            begin(actor.staff, by=actor, now=timezone.now(), today=timezone.localdate())
        except Refused as refusal:
            if refusal.verdict.reason != "draft_exists":
                raise
            messages.info(request, _("The draft is here already: it was begun before."))
        else:
            words = _("The draft is a copy of the version in force. Nobody else sees it yet.")
            messages.success(request, words)
        return redirect(f"members:{kind}_draft", staff=actor.staff.code)
    return redirect(f"members:{kind}", staff=actor.staff.code)


@staff_page()
def act(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Write down the act of a draft and the day from which it is in force."""
    draft = draft_of(actor, kind)
    known = {name: getattr(draft, name) for name in ("act_number", "act_date", "in_force_from")}
    form = ActForm(*typed(request), today=timezone.localdate(), initial=known)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: versions.edit_act(draft, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(f"members:{kind}_draft", staff=actor.staff.code)
    return _act_page(request, actor, kind, form, draft)


@staff_page()
def complete(request: HttpRequest, actor: Actor, kind: str, pk: int) -> HttpResponse:
    """Fill in, once, what the act of an approved version lacks."""
    EDIT[kind].require(actor, actor.staff.pk)
    version = approved_of(actor, kind, pk)
    form = CompleteActForm(*typed(request), version=version, today=timezone.localdate())
    if not form.fields:
        policies.may_complete_act(version, ("act_number",)).or_raise()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: versions.complete_act(version, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("The act is recorded. It does not change any more."))
            return redirect(f"members:{kind}", staff=actor.staff.code)
    return _act_page(request, actor, kind, form, version)


def _act_page(request: HttpRequest, actor: Actor, kind: str, form: Any, version: Any) -> HttpResponse:
    name = f"members:{kind}_draft" if version.approved_at is None else f"members:{kind}"
    back = reverse(name, kwargs={"staff": actor.staff.code})
    context = {"form": form, "version": version, "kind": kind, "back": back}
    return render(request, "members/version_act.html", context, status=422 if form.errors else 200)


@staff_page()
def discard(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Throw a draft away, after asking."""
    draft = draft_of(actor, kind)
    if request.method == "POST":
        versions.discard(draft, by=actor, now=timezone.now())
        messages.success(request, _("The draft is discarded. The version in force stays as it is."))
        return redirect(f"members:{kind}", staff=actor.staff.code)
    back = reverse(f"members:{kind}_draft", kwargs={"staff": actor.staff.code})
    return render(request, "members/version_discard.html", {"version": draft, "kind": kind, "back": back})


@staff_page()
def approve(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Record that the akimat approved the draft, after showing what changes."""
    draft = draft_of(actor, kind)
    confirm_first(request)
    form = ApproveForm(request.POST if request.method == "POST" else None, version=draft)
    if request.method == "POST" and form.is_valid():
        ratify: Any = (
            composition.approve_composition if kind == "composition" else procedure.approve_regulation
        )
        seen = request.POST.get("seen", "")
        ratify(draft, seen=seen, by=actor, now=timezone.now())
        messages.success(request, _("The new version is approved. The former one ends the day before."))
        return redirect(f"members:{kind}", staff=actor.staff.code)
    latest: Any = versions.latest_of(type(draft), actor.staff)
    context = {
        "form": form,
        "version": draft,
        "kind": kind,
        "former": latest,
        "carried": composition.secretary_to_carry(draft, latest) if kind == "composition" else None,
        "seen": facts.content_hash(draft),
        "change": change_of(draft),
        "back": reverse(f"members:{kind}_draft", kwargs={"staff": actor.staff.code}),
    }
    return render(request, "members/version_approve.html", context, status=422 if form.errors else 200)


@staff_page()
def file(request: HttpRequest, actor: Actor, kind: str, pk: int) -> FileResponse:
    """The file of an act, as an attachment; that of a draft is "not found" until it is approved."""
    READ[kind].require(actor, actor.staff.pk)
    version = approved_of(actor, kind, pk)
    if not version.act_file:
        raise Http404
    name = f"{kind}-{version.in_force_from:%Y-%m-%d}.pdf"
    response = FileResponse(version.act_file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
