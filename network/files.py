"""Files that only some may see: kept apart from public media, without an address; a view hands them out."""

from django.core.files.storage import Storage, storages


def private() -> Storage:
    """Return the storage of private files (settings.STORAGES["private"])."""
    return storages["private"]
