"""What every page may print."""

from django.utils.functional import SimpleLazyObject

from journeys.models import JourneysPage


def words(request):
    """`words`: the page's own title, introduction and call to action; read when first printed."""
    return {"words_of_the_page": SimpleLazyObject(JourneysPage.objects.first)}
