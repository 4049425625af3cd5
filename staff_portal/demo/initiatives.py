"""An open initiative of members in the demo: some have joined, more are needed (clause 12)."""

from datetime import date, timedelta

from meetings import actions
from meetings.models import Initiative
from staff_portal.demo.scene import Scene

STARTER, JOINED = 9, (5, 13, 10, 12)
TITLE_KK = "Құрылыс нарығында психобелсенді заттардың жасырын жарнамасын жою туралы"
TITLE_RU = "Об уничтожении скрытой рекламы психоактивных веществ на строительном рынке"
GROUND = (
    "Соңғы екі аптада жаңа жазулар пайда болды; мәселе келесі кезекті отырысты күте алмайды. / "
    "За последние две недели появились новые надписи; вопрос не может ждать очередного заседания."
)


def start(scene: Scene, *, today: date) -> Initiative:
    """Start an initiative nine days before `today`, joined by five of the eight who are needed."""
    begun = today - timedelta(days=9)
    initiative = actions.start_initiative(
        scene.staff,
        title_kk=TITLE_KK,
        title_ru=TITLE_RU,
        ground=GROUND,
        by=scene.actor(STARTER),
        now=scene.before(begun, 0, "08:40"),
    )
    for number, seat in enumerate(JOINED):
        moment = scene.before(begun, 0, f"09:{number}5")
        actions.join_initiative(initiative, by=scene.actor(seat), now=moment)
    return initiative
