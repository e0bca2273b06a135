"""Short texts in both languages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import MentorProfile, Organisation, Sector


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "summary", "description")


@register(MentorProfile)
class MentorProfileTranslation(TranslationOptions):
    fields = ("headline", "bio", "helps_with")
