from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        # Imported here: models are not there before.
        from members import signed_in

        user_logged_in.connect(signed_in.begin, dispatch_uid="members.signed_in.begin")
