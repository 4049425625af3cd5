from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import actions, permissions
from meetings.forms.plans import ControlForm, CopyForm, RowForm
from meetings.labels import plan_title
from meetings.models import PlanItem, WorkPlan
from meetings.policies import plans as policies
from meetings.states import Section
from meetings.views.pages import tried
from meetings.views.plan_pages import plan_act_only, plan_of, plans_for
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.PREPARE_PLAN)
def new(request: HttpRequest, actor: Actor, plan: str, section: int) -> HttpResponse:
    """Put a row into section 1 or 2 of the draft."""
    if section not in Section.values:
        raise Http404
    row = _draft(actor, plan)
    form = RowForm(request.POST or None, plan=row, section=section)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        added = tried(
            form,
            lambda: actions.add_plan_row(row, section=section, by=actor, now=timezone.now(), **data),
        )
        if added is not None:
            messages.success(request, _("The row is in the plan."))
            return redirect(row)
    return _form(request, row, form, section)


@staff_page(permissions.PREPARE_PLAN)
def edit(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Change a row of the draft."""
    row = _draft(actor, plan)
    item = _item(row, pk)
    initial = {"seen": actions.row_hash(item)}
    form = RowForm(request.POST or None, plan=row, section=item.section, item=item, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.edit_plan_row(item, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(row)
    return _form(request, row, form, item.section, item)


def _form(
    request: HttpRequest, plan: WorkPlan, form: RowForm, section: int, item: PlanItem | None = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "title": plan_title(plan),
        "form": form,
        "item": item,
        "is_question": section == Section.QUESTIONS,
    }
    return render(request, "meetings/plans/row.html", context, status=422 if form.errors else 200)


@plan_act_only
@staff_page(permissions.PREPARE_PLAN)
def move(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Move a row one place up or down in its section."""
    row = _draft(actor, plan)
    is_up = request.POST.get("where") == "up"
    actions.move_plan_row(_item(row, pk), up=is_up, by=actor, now=timezone.now())
    return redirect(row)


@staff_page(permissions.PREPARE_PLAN)
def remove(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Take a row out of the draft, after asking."""
    row = _draft(actor, plan)
    item = _item(row, pk)
    if request.method == "POST":
        actions.remove_plan_row(item, by=actor, now=timezone.now())
        messages.success(request, _("The row is out of the draft plan."))
        return redirect(row)
    return render(request, "meetings/plans/row_remove.html", {"plan": row, "item": item})


@staff_page(permissions.PREPARE_PLAN)
def control(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Write section 3, the control of decisions."""
    row = _draft(actor, plan)
    texts = {"control_kk": row.control_kk, "control_ru": row.control_ru, "seen": actions.control_hash(row)}
    form = ControlForm(request.POST or None, initial=texts)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.set_control(row, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(row)
    context = {"plan": row, "title": plan_title(row), "form": form}
    return render(request, "meetings/plans/control.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PREPARE_PLAN)
def copy(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Copy the rows of an earlier half-year into the draft."""
    row = _draft(actor, plan)
    earlier = {each.pk: plan_title(each) for each in plans_for(actor) if policies.may_copy(each, row)}
    form = CopyForm(request.POST or None, plans=earlier)
    if request.method == "POST" and form.is_valid():
        source, anew = form.cleaned_data["source"], form.cleaned_data["anew"]
        count = tried(form, lambda: actions.copy_plan(source, row, by=actor, now=timezone.now(), anew=anew))
        if count is not None:
            told = ngettext("%(count)s new row in the draft.", "%(count)s new rows in the draft.", count)
            messages.success(request, told % {"count": count})
            return redirect(row)
    context = {"plan": row, "title": plan_title(row), "form": form, "has_earlier": bool(earlier)}
    return render(request, "meetings/plans/copy.html", context, status=422 if form.errors else 200)


def _draft(actor: Actor, key: str) -> WorkPlan:
    """Return a plan that may be written now; else the page says why before anything is typed."""
    plan = plan_of(actor, key)
    policies.may_edit_plan(plan).or_raise()
    return plan


def _item(plan: WorkPlan, pk: int) -> PlanItem:
    related = ("question", "agency", "proposal__seat", "proposal__author")
    item = plan.items.select_related(*related).filter(pk=pk).first()
    if item is None:
        raise Http404
    item.plan = plan
    return item
