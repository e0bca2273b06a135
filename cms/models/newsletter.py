"""An issue of the newsletter as the newsroom writes it; how it goes out is `network.newsletter`'s."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from cms.blocks.mail import MailStory


class Newsletter(models.Model):
    """One issue in both languages. Without English, readers of English get the Vietnamese.

    `mailing` is empty while it is a draft; `number` comes when it begins to go out.
    """

    number = models.PositiveIntegerField(_("number"), null=True, blank=True, unique=True, editable=False)
    subject_vi = models.CharField(_("subject"), max_length=120)
    preheader_vi = models.CharField(
        _("line below the subject"), max_length=160, blank=True, help_text=_("What mailboxes show beside the subject")
    )
    body_vi = StreamField(MailStory(), verbose_name=_("contents"))
    subject_en = models.CharField(_("subject"), max_length=120, blank=True)
    preheader_en = models.CharField(_("line below the subject"), max_length=160, blank=True)
    body_en = StreamField(MailStory(), verbose_name=_("contents"), blank=True)
    is_archived = models.BooleanField(_("stands in the archive on the web once it is sent"), default=True)
    mailing = models.OneToOneField(
        "network.Mailing", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="newsletter"
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject_vi

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.mailing_id is None

    @property
    def state_label(self) -> Any:
        """How far it is, in words."""
        return self.mailing.get_state_display() if self.mailing else _("Draft")

    @property
    def languages(self) -> list[str]:
        """The languages that it is written in."""
        return ["vi", "en"] if self.subject_en and self.body_en else ["vi"]
