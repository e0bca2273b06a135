"""No model that may hold something about a person is forgotten: it is in a section, or there is a reason."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from network import mentions, own_data
from network.models import Person
from tests.network.dump import said
from tests.network.planted import plant

WORDS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField,
)  # fmt: skip


def kept_about_people(model: type[models.Model]) -> Iterator[str]:
    """The fields of a model that point to a person or can hold free text or a file."""
    for field in model._meta.concrete_fields:
        points = field.is_relation and field.related_model is Person
        writes = isinstance(field, WORDS) and not field.choices
        if points or writes:
            yield field.name


EDITORIAL = "what the newsroom publishes: an editor takes it down; who wrote it is a key to the person's row"
FACTS = "says what an event or the network offers, in the organisers' words"
MACHINERY = "codes and settings of the platform: no door writes anything about anybody into it"

REASONS = {
    **dict.fromkeys(
        [
            "cms.CityImage", "cms.CityRendition", "cms.CampaignIndexPage", "cms.CampaignPage", "cms.EventIndexPage",
            "cms.EventPage", "cms.HomePage", "cms.Newsletter", "cms.NewsIndexPage", "cms.NewsPage", "cms.StandardPage",
            "wagtail_localize.TranslationSource", "wagtail_localize.String", "wagtail_localize.StringTranslation",
            "wagtail_localize.Template", "wagtail_localize.SegmentOverride", "wagtail_localize.StringSegment",
            "wagtail_localize.OverridableSegment", "wagtailembeds.Embed", "wagtaildocs.Document",
            "wagtailimages.Image", "wagtailimages.Rendition", "wagtailsearch.IndexEntry",
            "wagtailsearch.SQLiteFTSIndexEntry", "wagtailcore.Page", "wagtailcore.WorkflowState", "taggit.Tag",
            "events.LetterWording",
        ],
        EDITORIAL,
    ),
    **dict.fromkeys(
        [
            "events.CheckInList", "events.Gate", "events.GateDevice", "events.Event", "events.Track", "events.Session",
            "events.Question", "events.QuestionVersion", "events.EventSeries", "events.Quota", "events.TicketType",
            "events.Venue", "network.Organisation", "network.Sector", "network.Skill", "network.FundFacts",
            "network.StartupFacts", "network.CentreFacts", "network.ClubFacts", "network.FundingRound",
            "network.IntellectualProperty",
        ],
        FACTS,
    ),
    **dict.fromkeys(
        [
            "network.Chore", "wagtail_localize.TranslationContext", "wagtailforms.FormSubmission",
            "wagtailredirects.Redirect", "wagtailcore.Locale", "wagtailcore.Site",
            "wagtailcore.CollectionViewRestriction", "wagtailcore.Collection", "wagtailcore.Workflow",
            "wagtailcore.Task", "wagtailcore.GroupApprovalTask", "wagtailcore.PageViewRestriction",
            "wagtailcore.ReferenceIndex", "socialaccount.SocialApp", "auth.Permission", "auth.Group",
            "contenttypes.ContentType",
        ],
        MACHINERY,
    ),
}  # fmt: skip

# Made by the platform or chosen from a list: nobody's words, and nothing that tells one person from another.
CODES = {
    "account.EmailConfirmation": {"key"},
    "events.AnswerFile": {"content_type", "file"},
    "events.AttendeeAccess": {"by"},
    "events.Certificate": {"code"},
    "events.HistoryEntry": {"act"},
    "events.Invitation": {"code"},
    "events.Ticket": {"number", "spoken_number"},
    "network.DirectoryEntry": {"sort_key"},
    "network.SavedList": {"secret"},
    "network.Claim": {"code_print"},
    "network.ClaimCode": {"code_print"},
    "network.ColleagueInvitation": {"token_print"},
    "network.Change": {"visibility"},
    "network.IdempotencyKey": {"fingerprint"},
    "network.Mailing": {"contents", "segment"},  # what the newsroom wrote, and codes
    "network.MailingRecipient": {"language"},
    "network.MentorHours": {"busy_problem"},
    "network.Job": {"about", "kind", "language", "result", "upload"},
    "network.Profile": {"search_text", "time_zone", "visibility"},  # folded: asked for by its own name in the figure
    "network.Subscription": {"kinds"},
    "network.OutgoingMail": {"kind", "language", "message_id", "thread"},
    "network.Person": {"password", "search_text", "sort_key"},
    "sessions.Session": {"session_data", "session_key"},  # packed: the dump opens it
    "socialaccount.SocialAccount": {"provider"},
    "socialaccount.SocialToken": {"token", "token_secret"},
    "usersessions.UserSession": {"data", "session_key"},
    "wagtailadmin.EditingSession": {"object_id"},
    "wagtailadmin.FormState": {"object_id", "parent_object_id"},
    "wagtailcore.APIToken": {"key_hash", "prefix"},
    "wagtailcore.Comment": {"contentpath", "position"},
    "wagtailcore.ModelLogEntry": {"action", "object_id"},
    "wagtailcore.PageLogEntry": {"action"},
    "wagtailcore.Revision": {"object_id"},
    "wagtailusers.UserProfile": {"avatar", "current_time_zone", "dismissibles", "preferred_language"},
}


def registered() -> set[type[models.Model]]:
    return {model for section in own_data.sections() for model in section.models}


def forgotten(known: set[type[models.Model]]) -> set[str]:
    """Models that may hold something about a person, and are neither in a section nor excepted for a reason."""
    ours = (model for model in apps.get_models(include_auto_created=True) if model not in known)
    return {model._meta.label for model in ours if any(kept_about_people(model))} - set(REASONS)


def test_no_model_is_forgotten() -> None:
    assert forgotten(registered()) == set()


@pytest.mark.parametrize("label", ["events.Registration", "network.Consent", "network.OutgoingMail"])
def test_a_forgotten_model_is_found(label: str) -> None:
    """The control."""
    assert forgotten(registered() - {apps.get_model(label)}) == {label}


def test_no_reason_outlives_its_model() -> None:
    there = {model._meta.label for model in apps.get_models(include_auto_created=True) if any(kept_about_people(model))}
    only_on_sqlite = {"wagtailsearch.SQLiteFTSIndexEntry"}
    assert set(REASONS) - there <= only_on_sqlite
    assert {model._meta.label for model in registered()} & set(REASONS) == set()


@pytest.mark.django_db
def test_every_field_with_words_is_planted() -> None:
    """The figure of the erasure counts for every field of every section."""
    planted = plant()
    values = [value.casefold() for value in (planted.own | planted.others).values()]
    bare = {
        model._meta.label: {field for field in words(model) if not any(value in kept(model, field) for value in values)}
        for model in registered()
    }
    assert {label: fields for label, fields in bare.items() if fields} == CODES


def words(model: type[models.Model]) -> Iterator[str]:
    return (
        field.name for field in model._meta.concrete_fields if isinstance(field, WORDS) and not field.choices
    )  # fmt: skip


def kept(model: type[models.Model], field: str) -> str:
    rows = mentions.raw(model._default_manager.all()).values_list(field, flat=True)
    return " ".join(said(value) for value in rows).casefold()


@pytest.mark.django_db
def test_rows_have_the_columns_of_their_section() -> None:
    for section, rows in own_data.collected(plant().person):
        assert rows, section.name
        assert all(list(row) == list(section.columns) for row in rows), section.name
