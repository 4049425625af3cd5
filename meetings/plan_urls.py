"""Addresses of half-year plans, in the namespace of meetings."""

from django.urls import path

from meetings.views import plan_approval, plan_proposals, plan_rows, plans

PLAN = "plans/<plan:plan>"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new, name="plan_new"),
    path(f"{PLAN}/", plans.plan, name="plan"),
    path(f"{PLAN}/plan.pdf", plans.pdf, name="plan_pdf"),
    path(f"{PLAN}/plan.xlsx", plans.xlsx, name="plan_xlsx"),
    path(f"{PLAN}/call/", plan_proposals.call, name="plan_call"),
    path(f"{PLAN}/proposals/new/", plan_proposals.propose, name="propose"),
    path(f"{PLAN}/proposals/<int:pk>/withdraw/", plan_proposals.withdraw, name="proposal_withdraw"),
    path(f"{PLAN}/proposals/<int:pk>/accept/", plan_proposals.accept, name="proposal_accept"),
    path(f"{PLAN}/proposals/<int:pk>/decline/", plan_proposals.decline, name="proposal_decline"),
    path(f"{PLAN}/proposals/<int:pk>/note/", plan_proposals.note, name="proposal_note"),
    path(f"{PLAN}/rows/new/<int:section>/", plan_rows.new, name="plan_row_new"),
    path(f"{PLAN}/rows/<int:pk>/edit/", plan_rows.edit, name="plan_row_edit"),
    path(f"{PLAN}/rows/<int:pk>/move/", plan_rows.move, name="plan_row_move"),
    path(f"{PLAN}/rows/<int:pk>/remove/", plan_rows.remove, name="plan_row_remove"),
    path(f"{PLAN}/control/", plan_rows.control, name="plan_control"),
    path(f"{PLAN}/copy/", plan_rows.copy, name="plan_copy"),
    path(f"{PLAN}/agreement/", plan_approval.agreement, name="plan_agreement"),
    path(f"{PLAN}/agree/", plan_approval.agree, name="plan_agree"),
    path(f"{PLAN}/submit/", plan_approval.submit, name="plan_submit"),
    path(f"{PLAN}/take-back/", plan_approval.take_back, name="plan_take_back"),
    path(f"{PLAN}/decide/", plan_approval.decide, name="plan_decide"),
    path(f"{PLAN}/dispatch/", plan_approval.dispatch, name="plan_dispatch"),
]
