"""Operations about pages."""

from collections.abc import Callable


def queries(page_info: str) -> dict[str, str]:
    """Each question about pages; `page_info` is what is asked of a page of a list."""
    return {
        "news": f"{{ news {{ nodes {{ title lead url image {{ alt }} body {{ __typename }} }} {page_info} }} }}",
        "page": '{ page(path: "/") { __typename id title url locale shareImageUrl '
        "translations { locale title url } } }",
        "campaigns": f"{{ campaigns {{ nodes {{ title movementCode body {{ __typename }} }} {page_info} }} }}",
        "pagePreview": '{ pagePreview(token: "khong-co") { title } }',
        "site": "{ site { name language contactEmail contactPhone calendarUrl newsFeedUrl menu { label path url } "
        "languages { code name url isDefault } } }",
        "redirect": '{ redirect(path: "/cu/") { url isPermanent } }',
    }


def mutations(act: Callable[..., str]) -> dict[str, str]:
    """Each act; the page is Wagtail's root, which nobody edits."""
    return {"createPagePreview": act("createPagePreview", 'pageId: "TmV3c1BhZ2U6MQ"', "token url expiresAt")}
