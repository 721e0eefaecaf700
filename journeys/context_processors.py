"""What every page may print."""

from django.utils.functional import SimpleLazyObject

from journeys.models import JourneysPage
from strongcities.pagecache.kept import kept


def words(request):
    """`words`: the page's own title, introduction and call to action; read when first printed."""
    return {"words_of_the_page": SimpleLazyObject(lambda: kept("words", first)[0])}


def first() -> list[JourneysPage | None]:
    return [JourneysPage.objects.first()]
