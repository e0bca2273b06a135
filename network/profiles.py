"""People keep true what their account says of them; their entry in the directory is `network.entries`."""

from datetime import datetime

from django.db import transaction

from network import names, own_data, people
from network.models import Person
from network.models.person import Language
from network.refusals import Invalid


def correct(*, person: Person, full_name: str, phone: str, language: str, at: datetime) -> Person:
    """Correct one's own name, phone (empty: none) and language; tickets to come follow the name. Return the person.

    Raises Invalid at `full_name` (required, too_long, not_a_name), `phone` (malformed), `language` (unknown).
    """
    name, number = names.cleaned(full_name), people.phone_cleaned(phone)
    if language not in Language.values:
        raise Invalid(field="language", reason="unknown")
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        former = person.full_name
        person.full_name, person.phone, person.preferred_language = name, number, language
        person.save(update_fields=["full_name", "phone", "preferred_language", "search_text", "sort_key"])
        own_data.follow(own_data.Correction(person=person, former_name=former, at=at))
    return person
