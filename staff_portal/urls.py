from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.views.generic import RedirectView

from meetings.converters import LanguageCode, MeetingKey, PlanKey
from meetings.views import calendars, public
from members.admin import site as administration
from members.views import invitations, me
from staff_portal import help as help_pages
from staff_portal import history, journal, personal_data, views

register_converter(MeetingKey, "meeting")
register_converter(LanguageCode, "lang")
register_converter(PlanKey, "plan")

# Only what the portal needs of allauth: people come by invitation, addresses are not changed by themselves.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", me.factors, name="mfa_index"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", app.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    # The keys are listed with the other factors.
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sessions/", me.own_sessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", me.end_session, name="end_session"),
]

of_staff: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("meetings/<meeting:key>/", views.meeting, name="meeting"),
    path("journal/", journal.page, name="journal"),
    path("journal.csv", journal.export, name="journal_export"),
    path("history/<slug:kind>/<int:pk>/", history.page, name="history"),
    path("kpi/", include("kpi.urls")),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("", include("protocols.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.root, name="root"),
    path("accounts/", include(accounts)),
    path("me/", me.me, name="me"),
    path("me/data/", personal_data.page, name="my_data"),
    path("me/data/download/", personal_data.download, name="my_data_download"),
    path("admin/", administration.urls),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("help/rules/", help_pages.rules, name="rules"),
    path("language/", views.language, name="language"),
    path("calendar/<str:feed>.ics", calendars.personal, name="calendar"),
    path("open/<slug:public>/calendar.ics", public.feed, name="open_calendar"),
    path("<lang:lang>/open/<slug:public>/calendar.ics", public.feed, name="open_calendar_in"),
    path("<lang:lang>/open/", public.staffs, name="open_all"),
    path("<lang:lang>/open/<slug:public>/", public.meetings, name="open"),
    path("<lang:lang>/open/<slug:public>/meetings/<meeting:key>/", public.meeting, name="open_meeting"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("staff_portal.demo.urls")))
urlpatterns.append(path("<slug:staff>/", include(of_staff)))
