"""Which front page somebody gets: it follows from the roles they hold."""

from __future__ import annotations

from trustwide.rooms.places.models import ORGANISATION, Place
from trustwide.rooms.places.reach import Reach

MEMBER, LEADER, IMPROVER, BOARD, ADMINISTRATOR = "member", "leader", "improver", "board", "administrator"
#: The roles of each face, the one that needs most first: somebody with several roles gets the first that fits.
FACES = {
    BOARD: ("executive", "board-member"),
    LEADER: ("team-leader", "manager"),
    IMPROVER: ("improver", "improvement-lead", "analyst"),
    ADMINISTRATOR: ("administrator",),
    MEMBER: ("staff", "peoples-voice", "service-user-partner", "partner-guest"),
}


def face_of(reach: Reach) -> tuple[str, Place | None]:
    """The face, and the place that the page is about: where the role is held, for a board its organisation."""
    for face, roles in FACES.items():
        for held in reach.roles:
            if held.role in roles:
                wide = face in (BOARD, IMPROVER) and held.place.level != ORGANISATION and held.role != "executive"
                return face, held.place.organisation if wide else held.place
    return MEMBER, None
