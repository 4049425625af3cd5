from django.db import migrations

from members import guards

OF_PLACES = tuple(guard for guard in guards.GUARDS if guard.table == "members_place")


class Migration(migrations.Migration):
    dependencies = [("members", "0004_verbose_names")]

    operations = [migrations.RunPython(*guards.migration(OF_PLACES))]
