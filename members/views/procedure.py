"""Pages about the regulation: its parameters in words, its versions, a draft with its form (clause 11)."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import facts, labels, parameters, policies
from members.actions import procedure as actions
from members.actions.versions import latest_of
from members.forms.composition import DayForm
from members.forms.procedure import ProcedureForm
from members.models import Regulation
from members.models.composition import in_force
from members.pages import staff_page, tried
from members.permissions import EDIT_REGULATION, READ_REGULATION, Actor
from members.views.versions import draft_of
from regulation.procedure import Procedure


@staff_page(READ_REGULATION)
def regulation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The parameters in force today or on any day, and every version with what it changed."""
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None)
    day = (form.is_valid() and form.cleaned_data["day"]) or today
    version = Regulation.objects.filter(in_force(day), staff=actor.staff).first()
    may_edit = bool(EDIT_REGULATION.verdict(actor, actor.staff.pk))
    context = {
        "version": version,
        "parameters": parameters.in_words(version.procedure) if version else (),
        "versions": _versions(actor),
        "day": day,
        "today": today,
        "form": form,
        "may_edit": may_edit,
        "has_draft": may_edit and Regulation.objects.filter(staff=actor.staff, approved_at=None).exists(),
    }
    return render(request, "members/procedure.html", context, status=422 if form.errors else 200)


def _versions(actor: Actor) -> list[dict[str, object]]:
    approved = Regulation.objects.filter(staff=actor.staff, approved_at__isnull=False)
    rows = list(approved.select_related("approved_by"))
    return [
        {
            "version": version,
            "change": parameters.changes(before.procedure if before else Procedure(), version.procedure),
            "is_first": before is None,
            "lacks": facts.lacks_act(version),
        }
        for version, before in zip(rows, [*rows[1:], None], strict=False)
    ]


@staff_page(EDIT_REGULATION)
def draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The draft: every parameter with its clause and the default, and the way to approval."""
    version: Regulation = draft_of(actor, "regulation")
    form = ProcedureForm(request.POST or None, procedure=version.procedure)
    if request.method == "POST" and form.is_valid():
        values, seen = form.cleaned_data, request.POST.get("seen", "")
        act = partial(actions.set_parameters, version, parameters=values, seen=seen, by=actor)
        if tried(form, lambda: act(now=timezone.now())):
            messages.success(request, _("Saved. Look at what changes, then approve."))
            return redirect("members:regulation_draft", staff=actor.staff.code)
    former = latest_of(Regulation, actor.staff)
    verdict = policies.may_begin_on(version.in_force_from, former)
    context = {
        "form": form,
        "version": version,
        "seen": facts.body_hash(draft_of(actor, "regulation")),
        "change": parameters.changes(former.procedure if former else Procedure(), version.procedure),
        "verdict": verdict,
        "why_not": "" if verdict else labels.refusal(verdict),
    }
    return render(request, "members/procedure_draft.html", context, status=422 if form.errors else 200)
