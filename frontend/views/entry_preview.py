"""An entry as others would see it, before it is sent; what was typed is carried along."""

from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from frontend.forms.entry import EntryForm
from network.entries import checks, columns
from network.entries.preview import VIEWERS, hidden, parts
from network.entries.words import label_of
from network.refusals import Refusal, each

NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "act", "crop_x", "crop_y", "crop_size"})


def preview(request: HttpRequest, form: EntryForm, *, home: str) -> HttpResponse | None:
    """Return the page, or None where something is to be mended first: it is marked in the form."""
    entry, edit = form.entry, form.edit()
    try:
        values = columns.read_all(entry) | checks.cleaned(entry, edit.values, at=timezone.now())
        visibility = checks.visibility_cleaned(entry, edit.visibility)
    except Refusal as refusal:
        form.refuse(each(refusal))
        return None
    viewer = request.POST.get("act", "").partition("-")[2]
    viewer = viewer if viewer in VIEWERS else "public"
    shown = parts(entry, values=values, visibility=visibility, standing=VIEWERS[viewer])
    picture = shown.pop(form.picture, None)
    context = {
        "entry": entry,
        "home": home,
        "viewer": viewer,
        "picture": picture_address(form, values[form.picture]) if picture else "",
        "face": [shown.pop(name) for name in ("name", "headline", "summary") if name in shown],
        "parts": list(shown.values()),
        "hidden": [label_of(name) for name in hidden(entry, visibility)],
        "carried": [
            (name, value) for name in form.data if name not in NOT_CARRIED for value in form.data.getlist(name)
        ],
    }  # fmt: skip
    return render(request, "network/own/preview.html", context)


def picture_address(form: EntryForm, name: str) -> str:
    """Where the reader sees a picture that the form names: shown to all, waiting, or just uploaded."""
    entry, column = form.entry, form.picture
    if not name:
        return ""
    if columns.read(entry, columns.columns_of(entry)[column]) == name:
        return str(getattr(entry, column).url)
    asked = form.waiting.values.get(column, {}).get("new", {}).get(column) if form.waiting else ""
    if form.waiting is not None and asked == name:
        return reverse("change_picture", args=[form.waiting.pk, "new"])
    return reverse("held_picture", args=[PurePath(name).stem])
