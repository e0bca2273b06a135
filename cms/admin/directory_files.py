"""Organisations in and out as a spreadsheet: tried first, told row by row, then written."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.admin import job_words
from cms.admin.desk.place import add_refusals
from network import jobs, organisation_export, organisation_import, permissions
from network.doors import Permission, declare
from network.models import Job
from network.organisation_columns import COLUMNS
from network.organisation_import import ABOUT
from network.refusals import Refusal
from network.wording import word


class AtDirectory(WagtailAdminTemplateMixin):
    """A page for those who may bring organisations in; the rules behind it ask again."""

    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whoever may add and change organisations."""
        if not permissions.may_import_organisations(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, organisations, this page."""
        trail = [{"url": reverse("organisation:index"), "label": _("Organisations")}]
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]


class OrganisationFile(forms.Form):
    """The file."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))


@declare(Permission.EDITOR)
class ImportOrganisations(AtDirectory, FormView):
    """Nhập tổ chức: the file is read and told row by row before anything is written."""

    template_name = "cms/admin/network/import.html"
    form_class = OrganisationFile
    page_title = _("Bring organisations in")
    header_icon = "upload"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Have it tried, and go where one can watch."""
        try:
            job = organisation_import.ask(given=form.cleaned_data["file"], actor=self.request.user, at=timezone.now())
        except Refusal as refusal:
            add_refusals(form, refusal)
            return self.form_invalid(form)
        return redirect(address_of(job))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The columns that are understood, and what was asked for before."""
        known = jobs.jobs_about(ABOUT, viewer=self.request.user)[:10]
        described = [{"job": job, "name": job_words.name_of(job), "url": address_of(job)} for job in known]
        return {**super().get_context_data(**kwargs), "columns": COLUMNS, "jobs": described}


@declare(Permission.EDITOR)
class WriteOrganisations(AtDirectory, View):
    """What was tried is done."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write them, and go where one can watch."""
        try:
            job = organisation_import.go_on(job_id=kwargs["job"], actor=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, word(refusal))
            return redirect("organisation:import")
        return redirect(address_of(job))


@declare(Permission.EDITOR)
class ExportOrganisations(AtDirectory, View):
    """Xuất tổ chức."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Have the file written, and go where one can watch."""
        job = organisation_export.ask(
            actor=request.user, at=timezone.now(), language=request.user.preferred_language or "vi"
        )
        return redirect(address_of(job))


def address_of(job: Job) -> str:
    """The page of a job about the directory."""
    return reverse("organisation:job", args=[job.pk])


class AtDirectoryJob(AtDirectory):
    """Something about one job of the directory."""

    header_icon = "tasks"
    job: Job

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whoever may open the job now."""
        self.job = get_object_or_404(Job.objects.select_related("actor"), pk=kwargs["job"], about=ABOUT)
        if not jobs.may_open(request.user, self.job):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """What the work is called."""
        return job_words.name_of(self.job)


@declare(Permission.EDITOR)
class DirectoryJob(AtDirectoryJob, TemplateView):
    """How far it is; in the end its file and its report."""

    template_name = "cms/admin/network/job.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The job in words."""
        job, here = self.job, [self.job.pk]
        is_trial = job.kind == organisation_import.TRY and job.upload and job.report.get("importable")
        return {
            **super().get_context_data(**kwargs),
            "job": job,
            "progress": job_words.progress(job),
            "state_url": reverse("organisation:job_state", args=here),
            "file_url": reverse("organisation:job_file", args=here) if job.result else "",
            "counts": list(job_words.counts(job)),
            "go_on_url": reverse("organisation:import_for_real", args=here) if is_trial else "",
            "problems": job_words.problems(job),
            "rows": list(job_words.rows(job)),
        }


@declare(Permission.EDITOR)
class DirectoryJobState(AtDirectoryJob, View):
    """What the page asks every other second."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Numbers, and whether it is over."""
        job = self.job
        state = {"done": job.done, "total": job.total, "said": job_words.progress(job), "isOver": job.is_over}
        return JsonResponse(state, headers={"Cache-Control": "no-store"})


@declare(Permission.EDITOR)
class DirectoryJobFile(AtDirectoryJob, View):
    """The file that came of it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it out; a file that was removed after its week is gone."""
        if not self.job.result:
            raise Http404
        response = FileResponse(self.job.result.open(), as_attachment=True, filename=self.job.result_name)
        response.headers["Cache-Control"] = "no-store"
        return response


def addresses() -> list[URLPattern]:
    """The addresses of files in and out, below those of organisations."""
    return [
        path("import/", ImportOrganisations.as_view(), name="import"),
        path("import/<uuid:job>/", WriteOrganisations.as_view(), name="import_for_real"),
        path("export/", ExportOrganisations.as_view(), name="export_all"),
        path("jobs/<uuid:job>/", DirectoryJob.as_view(), name="job"),
        path("jobs/<uuid:job>/state/", DirectoryJobState.as_view(), name="job_state"),
        path("jobs/<uuid:job>/file/", DirectoryJobFile.as_view(), name="job_file"),
    ]
