"""Entries in the world of the API's tests: the mentor's change waits, an earlier one went live."""

from network.entries.submission import Edit, submit
from network.global_ids import global_id
from network.models import Change, Person, Profile
from tests.factories import NOW, OrganisationFactory, PersonFactory

ERRORS = "errors { code field message }"
CHANGE = (
    "id state version entry author reviewer madeAt amendedAt decidedAt words "
    "fields { name label old new decision note oldPictureUrl newPictureUrl } visibility { name old new }"
)
QUERIES = {
    "myProfile": "{ myProfile { profile { headline } values visibility { field visibility mayHide } photoUrl isTrusted "
    f"pendingChange {{ {CHANGE} }} }} }}",
    "entryHistory": f"{{ entryHistory {{ {CHANGE} }} }}",
    "pendingChanges": f"{{ pendingChanges(first: 5) {{ totalCount nodes {{ {CHANGE} }} }} }}",
}
MUTATIONS = {
    "updateMyProfile": 'mutation { updateMyProfile(input: {headlineVi: "Mới", availability: "LIMITED", '
    'visibility: [{field: "bio", visibility: MEMBERS}]}) '
    f"{{ mentor {{ headline }} pendingChange {{ {CHANGE} }} liveChange {{ {CHANGE} }} {ERRORS} }} }}",
    "updateOrganisation": "mutation ($startup: String!) { "
    'updateOrganisation(input: {slug: $startup, summaryVi: "Mới", teamSize: 3}) '
    f"{{ organisation {{ name }} pendingChange {{ {CHANGE} }} liveChange {{ {CHANGE} }} {ERRORS} }} }}",
    "withdrawChange": "mutation ($change: ID!) { withdrawChange(input: {changeId: $change}) "
    f"{{ change {{ {CHANGE} }} {ERRORS} }} }}",
    "undoChange": "mutation ($live: ID!) { undoChange(input: {changeId: $live}) "
    f"{{ pendingChange {{ {CHANGE} }} liveChange {{ {CHANGE} }} {ERRORS} }} }}",
    "reviewChange": "mutation ($change: ID!) { reviewChange(input: {changeId: $change, version: 1, decisions: "
    '[{field: "bio", decision: APPROVED}, {field: "ward", decision: REJECTED, note: "Phường nào?"}]}) '
    f"{{ change {{ {CHANGE} }} {ERRORS} }} }}",
}


def waiting(person: Person) -> Change:
    """The mentor's change that waits; before it, one of the desk went live. They keep a startup's entry, too."""
    profile = Profile.objects.get(person=person)
    startup = OrganisationFactory.create(code=f"startup-{profile.pk}")
    startup.memberships.create(person=person, role="OWNER")
    keeper = PersonFactory.create(is_superuser=True)
    submit(entry=profile, actor=keeper, edit=Edit(values={"helps_with_vi": "bán hàng"}), at=NOW)
    change = submit(
        entry=profile, actor=person, edit=Edit(values={"bio_vi": "Tôi", "ward": "Gia Viên"}), at=NOW
    ).waiting
    assert change is not None
    return change


def live(change: Change) -> Change:
    """The change of the same entry that went live."""
    return Change.objects.filter(profile=change.profile, state="APPLIED").earliest("pk")


def variables(change: Change) -> dict[str, str]:
    """What the operations above are asked with."""
    return {"change": global_id(change), "live": global_id(live(change)), "startup": f"startup-{change.profile_id}"}
