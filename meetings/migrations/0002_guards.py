from typing import ClassVar

from django.db import migrations

from meetings.guards import GUARDS
from members.guards import migration


class Migration(migrations.Migration):
    """Triggers that keep what was decided; see docs/adr/0002-guards.md."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("meetings", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(*migration(GUARDS))]
