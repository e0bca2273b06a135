"""Lists of entries that somebody keeps, at /danh-sach/; and one that was shared, by its secret address."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.limits import limited
from network.directory import entries, saved_lists
from network.doors import Permission, declare
from network.models import Organisation, Profile, SavedList
from network.refusals import NotFound, Refusal
from network.wording import word


class SavingForm(forms.Form):
    """A list that there is, or the name of a new one."""

    saved_list = forms.ChoiceField(label=gettext_lazy("On which list"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("A new list"), required=False, max_length=80)

    def __init__(self, data: object, *, lists: list[SavedList]) -> None:
        super().__init__(data)
        field = self.fields["saved_list"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(row.pk), row.name) for row in lists]
        if not lists:
            del self.fields["saved_list"]


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def saved_list_list(request: HttpRequest) -> HttpResponse:
    """One's own lists."""
    return render(request, "saved_lists/list.html", {"lists": list(saved_lists.own(request.user))})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def saved_list_detail(request: HttpRequest, list_id: int) -> HttpResponse:
    """One of one's own lists."""
    try:
        held = saved_lists.own_list(person=request.user, list_id=list_id)
    except NotFound as refusal:
        raise Http404 from refusal
    return render(request, "saved_lists/detail.html", {"held": held, "is_own": True})


@declare(Permission.PUBLIC)
@never_cache
@require_safe
def shared_list(request: HttpRequest, secret: str) -> HttpResponse:
    """A list that somebody shared; not whose it is."""
    try:
        held = saved_lists.shared(secret=secret)
    except NotFound as refusal:
        raise Http404 from refusal
    response = render(request, "saved_lists/detail.html", {"held": held, "is_own": False})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("save_entry")
def save_entry(request: HttpRequest) -> HttpResponse:
    """Choose the list that an entry is saved to, or name a new one."""
    entry = _entry(request)
    form = SavingForm(request.POST or None, lists=list(saved_lists.own(request.user)))
    if request.method == "POST" and form.is_valid():
        held = _saved(request, form, entry)
        if held is not None:
            messages.success(request, _("Saved to “{name}”.").format(name=held.name))
            return redirect("saved_list", held.pk)
    return render(request, "saved_lists/save.html", {"form": form, "entry": entry})


def _entry(request: HttpRequest) -> Organisation | Profile:
    organisation, person = request.GET.get("to-chuc", ""), request.GET.get("nguoi", "")
    found: Organisation | Profile | None
    if organisation:
        found = entries.listed_organisations().filter(slug=organisation.replace("\0", "")).first()
    else:
        found = entries.listed_people().select_related("person").filter(slug=person.replace("\0", "")).first()
    if found is None:
        raise Http404
    return found


def _saved(request: HttpRequest, form: SavingForm, entry: Organisation | Profile) -> SavedList | None:
    now, chosen = timezone.now(), form.cleaned_data
    try:
        if chosen["name"] or not chosen.get("saved_list"):
            list_id = saved_lists.make(person=request.user, name=chosen["name"], at=now).pk
        else:
            list_id = int(chosen["saved_list"])
        return saved_lists.save(person=request.user, list_id=list_id, entry=entry, at=now).saved_list
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, word(refusal))
        return None


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
def remove_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take an entry off a list."""
    try:
        held = saved_lists.remove(person=request.user, entry_id=entry_id)
    except NotFound as refusal:
        raise Http404 from refusal
    return redirect("saved_list", held.pk)


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
def change_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Share a list, share it no longer, or throw it away."""
    acts = {"share": saved_lists.share, "unshare": saved_lists.unshare, "delete": saved_lists.delete}
    act = request.POST.get("act", "")
    if act not in acts:
        raise Http404
    try:
        acts[act](person=request.user, list_id=list_id)
    except NotFound as refusal:
        raise Http404 from refusal
    if act == "delete":
        messages.success(request, _("The list is gone."))
        return redirect("saved_lists")
    return redirect("saved_list", list_id)
