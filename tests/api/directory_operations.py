"""The operations of the directory's search and of kept lists, as `operations` has them for every root field."""

from typing import Any

from network.directory import saved_lists
from network.global_ids import global_id
from network.models import Person
from tests.factories import NOW, OrganisationFactory

FACET = "{ value label count }"
PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
PERSON = "id slug name givenName headline helpsWith languages sectors { name } memberships { title } url"
ORGANISATION = "id slug kind name summary sectors { name } parent { name } url"
SAVED = "id name shareUrl entries { id addedAt organisation { name sectors { name } } person { name } }"
LIST = f"list {{ {SAVED} }} errors {{ code field message }}"

QUERIES = {
    "organisationFacets": f"{{ organisationFacets {{ total meant kind {FACET} sector {FACET} stage {FACET} "
    f"need {FACET} ward {FACET} localOffice {FACET} raisesNow {FACET} }} }}",
    "people": f"{{ people {{ nodes {{ {PERSON} }} {PAGE} }} }}",
    "peopleFacets": f"{{ peopleFacets {{ total meant role {FACET} sector {FACET} skill {FACET} language {FACET} "
    f"availability {FACET} ward {FACET} }} }}",
    "directorySearch": f'{{ directorySearch(search: "to") {{ name line organisation {{ {ORGANISATION} }} '
    f"person {{ {PERSON} }} }} }}",
    "savedLists": f"{{ savedLists {{ {SAVED} }} }}",
    "sharedList": f"query ($secret: String!) {{ sharedList(secret: $secret) {{ {SAVED} }} }}",
}
MUTATIONS = {
    "saveEntry": f'mutation ($entry: ID!) {{ saveEntry(input: {{entryId: $entry, listName: "Để xem"}}) {{ {LIST} }} }}',
    "removeSavedEntry": "mutation ($keptEntry: ID!) "
    f"{{ removeSavedEntry(input: {{savedEntryId: $keptEntry}}) {{ {LIST} }} }}",
    "shareList": f"mutation ($kept: ID!) {{ shareList(input: {{listId: $kept, isShared: false}}) {{ {LIST} }} }}",
    "deleteList": "mutation ($kept: ID!) "
    "{ deleteList(input: {listId: $kept}) { isDeleted errors { code field message } } }",
}


def kept(person: Person | None) -> dict[str, Any]:
    """Let somebody keep a shared list with one entry; return what the operations are asked with."""
    assert person is not None
    entry = OrganisationFactory.create()
    held = saved_lists.make(person=person, name="Quỹ để gặp", at=NOW)
    row = saved_lists.save(person=person, list_id=held.pk, entry=entry, at=NOW)
    secret = saved_lists.share(person=person, list_id=held.pk).secret
    return {"kept": global_id(held), "keptEntry": global_id(row), "entry": global_id(entry), "secret": secret}
