"""What every page may print."""

from urllib.parse import quote

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from journeys.models import JourneysPage
from journeys.models.page import THE_NETWORK
from strongcities.addresses import in_full
from strongcities.pagecache.kept import kept


def words(request):
    """`words`: the page's own title, introduction and call to action; read when first printed."""
    return {"words_of_the_page": SimpleLazyObject(lambda: kept("words", first)[0])}


def address(request):
    """`page_address`: the page's own address in full; `asked_address`: with its query."""
    page, asked = quote(request.path), request.get_full_path()
    return {"page_address": in_full(page), "asked_address": in_full(asked)}


def report(request):
    """`report_address`: where a reader tells of an error on this page."""
    if not settings.CONTACT_MAIL:
        return {"report_address": THE_NETWORK}
    page = "" if request.path.startswith("/preview/") else request.path  # a preview's is secret
    subject = _("Error on %(page)s") % {"page": in_full(quote(page))}
    return {"report_address": f"mailto:{settings.CONTACT_MAIL}?subject={quote(subject, safe='')}"}


def first() -> list[JourneysPage | None]:
    return [JourneysPage.objects.first()]
