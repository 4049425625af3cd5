from typing import ClassVar

from django.db import migrations

from members.guards import migration
from protocols.guards import GUARDS


class Migration(migrations.Migration):
    """Rows do not move into a signed protocol; attendance and meeting stay as it says they were."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("meetings", "0002_guards"),
        ("protocols", "0002_guards"),
    ]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(*migration(GUARDS))]
