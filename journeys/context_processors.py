"""What every page may print."""

from urllib.parse import quote

from django.utils.functional import SimpleLazyObject

from journeys.models import JourneysPage
from strongcities.addresses import in_full
from strongcities.pagecache.kept import kept
from strongcities.slugs import path_to


def of_every_page(request):
    """The page's own address in full, that with its query, and where an error on it is told.

    `words_of_the_page`, its title, introduction and call to action, are read when first printed.
    """
    page, form = quote(request.path), path_to("journeys:error_report")
    is_secret = request.path.startswith(("/preview/", form))
    return {
        "words_of_the_page": SimpleLazyObject(lambda: kept("words", first)[0]),
        "page_address": in_full(page),
        "asked_address": in_full(request.get_full_path()),
        "report_address": form if is_secret else f"{form}?page={page}",
    }


def first() -> list[JourneysPage | None]:
    return [JourneysPage.objects.first()]
