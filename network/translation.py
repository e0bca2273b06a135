"""Short texts in both languages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import CentreFacts, ClubFacts, FundFacts, Organisation, Profile, Sector, Skill, StartupFacts


@register([Sector, Skill])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "summary", "description")


@register(Profile)
class ProfileTranslation(TranslationOptions):
    fields = ("headline", "bio", "helps_with", "experience")


@register(FundFacts)
class FundFactsTranslation(TranslationOptions):
    fields = ("offices",)


@register(StartupFacts)
class StartupFactsTranslation(TranslationOptions):
    fields = ("products",)


@register(CentreFacts)
class CentreFactsTranslation(TranslationOptions):
    fields = ("services", "equipment")


@register(ClubFacts)
class ClubFactsTranslation(TranslationOptions):
    fields = ("university",)
