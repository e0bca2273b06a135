"""The desk at which an owner writes an entry of the directory: their own, or that of their organisation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frontend.forms.entry import EntryForm
from frontend.views.entry_preview import picture_address, preview
from network import consents
from network.entries import columns, pictures, submission
from network.entries.history import of_entry
from network.entries.preview import wanted
from network.entries.submission import Outcome
from network.entries.words import label_of, lines
from network.models import Change, Consent, Person, Profile
from network.refusals import Refusal, each
from network.wording import word


def desk(request: HttpRequest, entry: columns.Entry, *, home: str, **more: Any) -> HttpResponse:
    """Show the form of an entry; save what was typed, or show it as others would see it. `home`: its address."""
    waiting = submission.open_change(entry, request.user)
    form = _form(request, entry, waiting)
    act = request.POST.get("act", "save") if request.method == "POST" else "look"
    if act not in {"look", "edit"} and _is_carried(request, form):
        if act.startswith("preview") and (shown := preview(request, form, home=home)) is not None:
            return shown
        if not act.startswith("preview") and (outcome := _saved(request, form)) is not None:
            messages.success(request, _told(outcome))
            return redirect(home)
    context = {
        "entry": entry,
        "form": form,
        "home": home,
        "waiting": waiting,
        "asked": _asked(entry, waiting),
        "answered": _last_answer(entry, request.user, waiting),
        "picture_shown": picture_address(form, str(form[form.picture].value() or "")),
        **_consent(entry, request.user),
        **more,
    }
    return render(request, "network/own/entry.html", context)


def _form(request: HttpRequest, entry: columns.Entry, waiting: Change | None) -> EntryForm:
    """Its author goes on with what they sent; somebody else begins with what is live."""
    values = wanted(entry, waiting)
    data = request.POST if request.method == "POST" else None
    return EntryForm(entry=entry, values=values, waiting=waiting, data=data)


def _is_carried(request: HttpRequest, form: EntryForm) -> bool:
    """Both are looked at, though one of them is to be mended."""
    is_valid = form.is_valid()
    return _picture_taken(request, form) and is_valid


def _picture_taken(request: HttpRequest, form: EntryForm) -> bool:
    """Hold an uploaded picture, so that it is not lost when something else is to be mended."""
    given = request.FILES.get("picture_file")
    if given is None:
        return True
    try:
        name = pictures.hold(
            person=request.user, file=given, crop=form.crop(), whole=form.picture == "logo", field=form.picture
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    form.data[form.picture] = form.cleaned_data[form.picture] = name
    return True


def _saved(request: HttpRequest, form: EntryForm) -> Outcome | None:
    person, at = request.user, timezone.now()
    if form.cleaned_data.get("directory_consent"):
        consents.give(
            person=person,
            purposes=[consents.Purpose.DIRECTORY],
            language=get_language() or "vi",
            channel=Consent.Channel.SITE,
            at=at,
        )
    try:
        return submission.submit(entry=form.entry, actor=person, edit=form.edit(), at=at)
    except Refusal as refusal:
        form.refuse(each(refusal))
        if not form.errors:
            form.add_error(None, word(refusal))
        return None


def _told(outcome: Outcome) -> str:
    if outcome.waiting is not None:
        return _("Sent. Somebody reads it soon; until then the directory shows what it showed.")
    if outcome.live is not None:
        return _("Saved. This is how people see you now.")
    return _("Nothing was changed.")


def _asked(entry: columns.Entry, waiting: Change | None) -> list[dict[str, Any]]:
    """What waits, field by field: what stands in the directory until then."""
    values = waiting.values if waiting else {}
    return [{"label": label_of(name), "old": lines(entry, name, sides["old"])} for name, sides in values.items()]


def _last_answer(entry: columns.Entry, person: Person, waiting: Change | None) -> dict[str, Any] | None:
    """What was said to the last change of this author, if some of it was not taken and nothing followed."""
    last = of_entry(entry).filter(author=person).exclude(state=Change.State.APPLIED).first()
    if waiting is not None or last is None or last.state not in {Change.State.PARTLY, Change.State.REJECTED}:
        return None
    turned_away = [
        {"label": label_of(name), "note": said["note"]}
        for name, said in last.decisions.items()
        if said["decision"] == Change.Decision.REJECTED
    ]
    return {"change": last, "fields": turned_away}


def _consent(entry: columns.Entry, person: Person) -> dict[str, Any]:
    if not isinstance(entry, Profile) or entry.person_id != person.pk:
        return {}
    text, spoken = consents.TEXTS[consents.Purpose.DIRECTORY], get_language() or "vi"
    return {
        "consent": {"title": text.title(spoken), "text": text.text(spoken)},
        "has_agreed": consents.Purpose.DIRECTORY in consents.standing(person),
    }
