"""The pictures of entries: held when they are uploaded, private while they wait, public once they are shown.

A picture is known by its bare name. Its own copy stands in private storage as long as the history tells of it; what is
shown has another in public media, which goes as soon as it is shown no longer.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from network import pictures
from network.entries.columns import PICTURES, Entry
from network.files import private
from network.models import Change, Person, Profile
from network.pictures import Crop
from network.refusals import Invalid

HELD_FOR = timedelta(days=1)


def hold(*, person: Person, file: "File[bytes]", crop: Crop | None = None, whole: bool = False, field: str) -> str:
    """Keep an uploaded picture, squared and bare, for a change that its uploader is about to make; return its name.

    Raises Invalid at `field`, see `network.pictures.square`.
    """
    name = f"{uuid4()}.webp"
    private().save(_held(person, name), ContentFile(pictures.square(file, crop=crop, whole=whole, field=field)))
    return name


def held(*, person: Person, name: str) -> "File[bytes] | None":
    """Return a picture that this person uploaded and has not used yet, to be shown to them; else None."""
    return _opened(_held(person, name)) if _is_ours(name) else None


def kept(entry: Entry, name: str) -> "File[bytes] | None":
    """Return a picture that the entry's history tells of; else None, also when it is forgotten."""
    return (_opened(_place(entry, name)) or _opened(_public(entry, name))) if name else None


def take(*, person: Person, entry: Entry, name: str, field: str) -> None:
    """Let a held picture belong to a change of the entry. Raises Invalid at `field`: unknown."""
    file = held(person=person, name=name)
    if file is None:
        raise Invalid(field=field, reason="unknown")
    with file:
        private().save(_place(entry, name), ContentFile(file.read()))
    transaction.on_commit(lambda: private().delete(_held(person, name)))


def show(entry: Entry, column: str, name: str) -> None:
    """Let the entry show the picture `name` ("": none). Its row is not saved; what stood there leaves public media.

    Raises Invalid at `column` (expired_picture) when the picture is kept no longer.
    """
    shown = getattr(entry, column)
    former = str(shown.name or "")
    if PurePath(former).name == name:
        return
    if former:
        _keep_copy(entry, former)
    if name:
        file = kept(entry, name)
        if file is None:
            raise Invalid(field=column, reason="expired_picture")
        with file:
            name = default_storage.save(_public(entry, name), ContentFile(file.read()))
    setattr(entry, column, name)
    if former:
        transaction.on_commit(lambda: default_storage.delete(former))


def forget(change: Change, names: set[str]) -> None:
    """Delete these pictures of a change that came to nothing, unless the entry or its history needs them."""
    entry = change.entry
    others = Change.objects.filter(profile=change.profile, organisation=change.organisation).exclude(pk=change.pk)
    needed = {str(name) for other in others for name in names_in(other)}
    needed |= {PurePath(getattr(entry, column).name or "").name for column in PICTURES if hasattr(entry, column)}
    places = [_place(entry, name) for name in names - needed - {""}]
    transaction.on_commit(lambda: _delete(places))


def names_in(change: Change) -> set[str]:
    """Return the names of all pictures that a change tells of."""
    sides = [side for column in PICTURES & set(change.values) for side in change.values[column].values()]
    return {str(name) for side in sides for name in side.values() if name}


def forget_entry(entry: Entry) -> None:
    """Delete every picture that the history of an entry tells of."""
    _empty(_folder(entry))


def forget_held(person: Person) -> None:
    """Delete what somebody uploaded and has not used."""
    _empty(f"held/{person.pk}")


def forget_unused(*, at: datetime) -> int:
    """Delete what was uploaded a day ago and is not used; return how many. A chore."""
    storage, gone = private(), 0
    with suppress(FileNotFoundError):
        for folder in storage.listdir("held")[0]:
            for name in storage.listdir(f"held/{folder}")[1]:
                if storage.get_modified_time(f"held/{folder}/{name}") < at - HELD_FOR:
                    storage.delete(f"held/{folder}/{name}")
                    gone += 1
    return gone


def _delete(places: Iterable[str]) -> None:
    for place in places:
        private().delete(place)


def _empty(folder: str) -> None:
    with suppress(FileNotFoundError):
        for name in private().listdir(folder)[1]:
            private().delete(f"{folder}/{name}")


def _keep_copy(entry: Entry, public: str) -> None:
    place = _place(entry, PurePath(public).name)
    if not private().exists(place) and default_storage.exists(public):
        with default_storage.open(public) as file:
            private().save(place, ContentFile(file.read()))


def _opened(place: str) -> "File[bytes] | None":
    storage = default_storage if place.startswith(("people/", "organisations/")) else private()
    return storage.open(place) if storage.exists(place) else None


def _is_ours(name: str) -> bool:
    with suppress(ValueError):
        return f"{UUID(PurePath(name).stem)}.webp" == name
    return False


def _held(person: Person, name: str) -> str:
    return f"held/{person.pk}/{name}"


def _folder(entry: Entry) -> str:
    return f"entries/{entry._meta.model_name}-{entry.pk}"


def _place(entry: Entry, name: str) -> str:
    return f"{_folder(entry)}/{PurePath(name).name}"


def _public(entry: Entry, name: str) -> str:
    return f"{'people' if isinstance(entry, Profile) else 'organisations'}/{PurePath(name).name}"
