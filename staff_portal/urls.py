from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from meetings.converters import MeetingKey
from staff_portal import help as help_pages
from staff_portal import views

register_converter(MeetingKey, "meeting")

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
    path(
        "password/reset/key/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

of_staff: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("meetings/<meeting:key>/", views.meeting, name="meeting"),
    path("kpi/", include("kpi.urls")),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("", include("protocols.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.root, name="root"),
    path("accounts/", include(accounts)),
    path("help/rules/", help_pages.rules, name="rules"),
    path("language/", views.language, name="language"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("staff_portal.demo.urls")))
urlpatterns.append(path("<slug:staff>/", include(of_staff)))
