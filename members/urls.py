from django.urls import URLPattern, path

from members.views import absences, composition, holders, letters, people, procedure, sheets, versions


def of_versions(kind: str) -> list[URLPattern]:
    """Return what versions of the composition and of the regulation have in common."""
    said = {"kind": kind}
    return [
        path(f"{kind}/draft/start/", versions.start, said, name=f"{kind}_start"),
        path(f"{kind}/draft/act/", versions.act, said, name=f"{kind}_act"),
        path(f"{kind}/draft/discard/", versions.discard, said, name=f"{kind}_discard"),
        path(f"{kind}/draft/approve/", versions.approve, said, name=f"{kind}_approve"),
        path(f"{kind}/versions/<int:pk>/act/", versions.complete, said, name=f"{kind}_complete"),
        path(f"{kind}/versions/<int:pk>/file/", versions.file, said, name=f"{kind}_file"),
    ]


app_name = "members"
urlpatterns: list[URLPattern] = [
    path("composition/", composition.composition, name="composition"),
    path("composition/versions/", composition.versions, name="composition_versions"),
    path("composition/draft/", composition.draft, name="composition_draft"),
    path("composition/draft/seats/new/", composition.seat_new, name="seat_new"),
    path("composition/draft/seats/<int:pk>/", composition.seat_edit, name="seat_edit"),
    path("composition/draft/seats/<int:pk>/move/", composition.seat_move, name="seat_move"),
    path("composition/draft/seats/<int:pk>/remove/", composition.seat_remove, name="seat_remove"),
    path("composition.xlsx", sheets.composition_xlsx, name="composition_xlsx"),
    path("composition.pdf", sheets.composition_pdf, name="composition_pdf"),
    path("composition/import/", sheets.composition_import, name="composition_import"),
    path("composition/import/template.xlsx", sheets.template, name="composition_template"),
    path("composition/import/apply/", sheets.composition_import_apply, name="composition_import_apply"),
    path("regulation/", procedure.regulation, name="regulation"),
    path("regulation/draft/", procedure.draft, name="regulation_draft"),
    *of_versions("composition"),
    *of_versions("regulation"),
    path("seats/<int:pk>/holder/", holders.new, name="holder_new"),
    path("seats/<int:pk>/consent/", composition.seat_consent, name="seat_consent"),
    path("holders/<int:pk>/end/", holders.end, name="holder_end"),
    path("holders/<int:pk>/order/", holders.order, name="holder_order"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.new, name="absence_new"),
    path("absences/<int:pk>/end/", absences.end, name="absence_end"),
    path("people/", people.people, name="people"),
    path("people/place/", people.grant, name="place_grant"),
    path("people/places/<int:pk>/end/", people.end, name="place_end"),
    path("people/<int:pk>/invite/", people.invite, name="person_invite"),
    path("people/<int:pk>/email/", people.correct_email, name="person_email"),
    path("people/<int:pk>/second-factor/", people.reset_factor, name="person_factor"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="invitation_withdraw"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/again/", letters.again, name="letter_again"),
    path("letters/<int:pk>/by-hand/", letters.by_hand, name="letter_by_hand"),
]
