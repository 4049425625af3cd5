from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("People and Staffs")

    def ready(self) -> None:
        # Imported here: models are not there before.
        from members import sign_in_log, signed_in

        user_logged_in.connect(signed_in.begin, dispatch_uid="members.signed_in.begin")
        sign_in_log.connect()
