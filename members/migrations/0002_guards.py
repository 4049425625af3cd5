from typing import ClassVar

from django.db import migrations

from members.guards import GUARDS, migration


class Migration(migrations.Migration):
    """Triggers that keep what was decided; see docs/adr/0002-guards.md."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("members", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(*migration(GUARDS))]
