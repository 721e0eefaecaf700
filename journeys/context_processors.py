"""What every page may print."""

from urllib.parse import quote

from django.utils.functional import SimpleLazyObject

from journeys.models import JourneysPage
from strongcities.addresses import in_full
from strongcities.pagecache.kept import kept
from strongcities.slugs import path_to


def words(request):
    """`words`: the page's own title, introduction and call to action; read when first printed."""
    return {"words_of_the_page": SimpleLazyObject(lambda: kept("words", first)[0])}


def address(request):
    """`page_address`: the page's own address in full; `asked_address`: with its query."""
    page, asked = quote(request.path), request.get_full_path()
    return {"page_address": in_full(page), "asked_address": in_full(asked)}


def report(request):
    """`report_address`: where a reader tells of an error on this page."""
    form = path_to("journeys:error_report")
    is_secret = request.path.startswith(("/preview/", form))
    query = "" if is_secret else f"?page={quote(request.path)}"
    return {"report_address": form + query}


def first() -> list[JourneysPage | None]:
    return [JourneysPage.objects.first()]
