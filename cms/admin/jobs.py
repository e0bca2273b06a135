"""Long work of an event: what was asked for, how far each is, and what came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from cms.admin import job_words
from cms.admin.desk.place import AtDesk
from events import attendee_import
from network import jobs
from network.doors import Permission, declare
from network.models import Job


def address_of(job: Job) -> str:
    """The page of a job about an event."""
    return reverse("event:job", args=[job.about.removeprefix("event:"), job.pk])


def described(job: Job) -> dict[str, Any]:
    """A job as pages show it."""
    return {
        "job": job,
        "name": job_words.name_of(job),
        "asked": job_words.asked(job),
        "progress": job_words.progress(job),
        "url": address_of(job),
    }


@declare(Permission.ORGANISER)
class JobList(AtDesk, TemplateView):
    """The jobs of an event that one may open, the newest first."""

    template_name = "cms/admin/jobs.html"
    page_title = _("Long work")
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its address."""
        known = jobs.jobs_about(f"event:{self.event.pk}", viewer=self.request.user)
        return {**super().get_context_data(**kwargs), "jobs": [described(job) for job in known]}


class AtJob(AtDesk):
    """Something about one job of the event; its kind is asked for the right each time, not when it was begun."""

    header_icon = "tasks"
    job: Job

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whoever may open the job now."""
        rows = Job.objects.select_related("actor")
        self.job = get_object_or_404(rows, pk=kwargs["job"], about=f"event:{kwargs['pk']}")
        if not jobs.may_open(request.user, self.job):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """What the work is called."""
        return job_words.name_of(self.job)

    def get_trail(self) -> list[dict[str, Any]]:
        """The list of jobs."""
        return [{"url": reverse("event:jobs", args=[self.event.pk]), "label": _("Long work")}]


@declare(Permission.ORGANISER)
class JobPage(AtJob, TemplateView):
    """How far it is; in the end its file and its report."""

    template_name = "cms/admin/job.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The job in words."""
        here = [self.event.pk, self.job.pk]
        return {
            **super().get_context_data(**kwargs),
            **described(self.job),
            "state_url": reverse("event:job_state", args=here),
            "file_url": reverse("event:job_file", args=here) if self.job.result else "",
            "counts": list(job_words.counts(self.job)),
            "go_on_url": self._next(),
            "problems": job_words.problems(self.job),
            "rows": list(job_words.rows(self.job)),
        }

    def _next(self) -> str:
        """Where what was tried is done, if there is something to be done."""
        is_trial = self.job.kind == attendee_import.TRY and self.job.upload
        if not is_trial or not self.job.report.get("importable"):
            return ""
        return reverse("event:attendees_import_for_real", args=[self.event.pk, self.job.pk])


@declare(Permission.ORGANISER)
class JobState(AtJob, View):
    """What the page asks every other second."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Numbers, and whether it is over."""
        job = self.job
        state = {"done": job.done, "total": job.total, "said": job_words.progress(job), "isOver": job.is_over}
        return JsonResponse(state, headers={"Cache-Control": "no-store"})


@declare(Permission.ORGANISER)
class JobFile(AtJob, View):
    """The file that came of it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it out; a file that was removed after its week is gone."""
        if not self.job.result:
            raise Http404
        response = FileResponse(self.job.result.open(), as_attachment=True, filename=self.job.result_name)
        response.headers["Cache-Control"] = "no-store"
        return response


def addresses() -> list[URLPattern]:
    """The addresses of an event's jobs, below those of the event."""
    return [
        path("<int:pk>/jobs/", JobList.as_view(), name="jobs"),
        path("<int:pk>/jobs/<uuid:job>/", JobPage.as_view(), name="job"),
        path("<int:pk>/jobs/<uuid:job>/state/", JobState.as_view(), name="job_state"),
        path("<int:pk>/jobs/<uuid:job>/file/", JobFile.as_view(), name="job_file"),
    ]
