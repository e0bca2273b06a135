"""A relationship is told, and told to be over.

Whoever keeps the directory tells of anybody. Who edits the source's entry tells of it too; since such a word is about
somebody else as well, it is shown once a keeper has looked at it, or at once if they edit both entries.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from network import permissions
from network.models import Organisation, Person, Profile, Relationship
from network.refusals import AlreadyRelated, Invalid, NotFound, NotPermitted, RelationshipEnded


@dataclass(frozen=True, kw_only=True)
class RelationshipFacts:
    """What is told: the source is an organisation or a person's entry, the target an organisation."""

    kind: str
    target_id: int
    organisation_id: int | None = None
    profile_id: int | None = None
    since: date | None = None
    until: date | None = None
    note: str = ""
    source_url: str = ""
    is_public: bool = True


def relate(*, facts: RelationshipFacts, actor: Person) -> Relationship:
    """Tell of a relationship and return it.

    Raises NotFound, NotPermitted, AlreadyRelated while the same one lasts (partners: from either side), and Invalid at
    `kind` (unknown), `target_id` (with_itself), `until` (before_start), `note` (too_long) or `organisation_id`
    (one_source).
    """
    with transaction.atomic():
        target = Organisation.objects.select_for_update(no_key=True).filter(pk=facts.target_id).first()
        source = _source(facts)
        if target is None or source is None:
            raise NotFound(kind="organisation")
        is_shown = _may_tell(actor, source, target)
        _refuse_malformed(facts)
        if facts.until is None and _same(facts).exists():
            raise AlreadyRelated()
        stated = {**asdict(facts), "is_public": facts.is_public and is_shown}
        try:
            with transaction.atomic():
                return Relationship.objects.create(**stated)
        except IntegrityError as error:
            raise AlreadyRelated() from error


def end_relationship(*, relationship_id: int, until: date, actor: Person) -> Relationship:
    """Tell that a relationship is over and return it; either side may.

    Raises NotFound, NotPermitted, RelationshipEnded, and Invalid at `until` (before_start).
    """
    with transaction.atomic():
        rows = Relationship.objects.select_for_update(of=("self",))
        row = rows.select_related("organisation", "profile", "target").filter(pk=relationship_id).first()
        if row is None:
            raise NotFound(kind="relationship")
        sides = [side for side in (row.organisation, row.profile, row.target) if side is not None]
        if not permissions.may_keep_relationships(actor) and not any(_edits(actor, side) for side in sides):
            raise NotPermitted()
        if row.until is not None:
            raise RelationshipEnded(until=row.until)
        if row.since is not None and until < row.since:
            raise Invalid(field="until", reason="before_start")
        row.until = until
        row.save(update_fields=["until"])
    return row


def _source(facts: RelationshipFacts) -> Organisation | Profile | None:
    if (facts.organisation_id is None) == (facts.profile_id is None):
        raise Invalid(field="organisation_id", reason="one_source")
    if facts.organisation_id is not None:
        return Organisation.objects.filter(pk=facts.organisation_id).first()
    return Profile.objects.filter(pk=facts.profile_id or 0).first()


def _may_tell(actor: Person, source: Organisation | Profile, target: Organisation) -> bool:
    """Whether what the actor tells is shown at once. Raises NotPermitted, NotFound: they may not know the target."""
    if permissions.may_keep_relationships(actor):
        return True
    if not _edits(actor, source):
        raise NotPermitted()
    edits_both = permissions.may_edit_organisation(actor, target)
    if not target.is_listed and not edits_both:
        raise NotFound(kind="organisation")
    return edits_both


def _edits(actor: Person, side: Organisation | Profile) -> bool:
    if isinstance(side, Profile):
        return permissions.may_edit_profile(actor, side)
    return permissions.may_edit_organisation(actor, side)


def _refuse_malformed(facts: RelationshipFacts) -> None:
    if facts.kind not in Relationship.Kind.values:
        raise Invalid(field="kind", reason="unknown")
    if facts.organisation_id == facts.target_id:
        raise Invalid(field="target_id", reason="with_itself")
    if facts.since is not None and facts.until is not None and facts.until < facts.since:
        raise Invalid(field="until", reason="before_start")
    limit = Relationship._meta.get_field("note").max_length
    if limit and len(facts.note) > limit:
        raise Invalid(field="note", reason="too_long", limit=limit)


def _same(facts: RelationshipFacts) -> QuerySet[Relationship]:
    """The same relationship, as long as it lasts; partners are partners from either side."""
    same = Q(organisation_id=facts.organisation_id, profile_id=facts.profile_id, target_id=facts.target_id)
    if facts.kind == Relationship.Kind.PARTNERS_WITH and facts.organisation_id is not None:
        same |= Q(organisation_id=facts.target_id, target_id=facts.organisation_id)
    return Relationship.objects.filter(same, kind=facts.kind, until=None)
