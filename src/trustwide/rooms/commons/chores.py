"""What commons does by itself: the bytes of files follow the rows that named them, and search the names of places."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import files, search
from trustwide.rooms.commons.models import File, Record
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.places.models import Place

AT_ONCE = 200  # records in one transaction, so that nobody waits long for it


@job(words=_("take away files that no record holds any more"))
def take_files_away() -> None:
    """Also those that a process which was killed had stored and not named."""
    files.take_away(set(File.objects.values_list("sha256", flat=True)))


@job(words=_("let records be found by the new name of their place"))
def keep_words_at(place: str, beyond: str = "") -> None:
    """Some of the records of a place, and then a job for those beyond."""
    records = Record.objects.filter(place=UUID(place)).order_by("pk").values_list("pk", flat=True)
    some = list((records.filter(pk__gt=UUID(beyond)) if beyond else records)[:AT_ONCE])
    search.keep_words_of(some)
    if len(some) == AT_ONCE:
        organisation = Place.objects.values_list("organisation", flat=True).get(pk=UUID(place))
        later(keep_words_at, of=organisation, place=place, beyond=str(some[-1]))


def follow_name(place: Place) -> None:
    """The words by which the records of a place are found hold its name."""
    later(keep_words_at, of=place.organisation_id, place=str(place.pk))


register(Timed(take_files_away, every=60))
