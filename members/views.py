"""The picture of where a city is."""

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from members.locator import STYLE_HASH
from members.models import City

YEAR = 365 * 24 * 60 * 60


# The rules inside the picture hold by their hash also where it is opened by itself.
@csp_replace({"style-src": [STYLE_HASH]})
@require_safe
def city_locator(request, slug):
    """Land and water around a city; what is at the address with its version never changes."""
    locator = City.objects.select_related("region").get_public(slug=slug).locator
    if locator is None:
        raise Http404
    response = HttpResponse(locator.svg(), content_type="image/svg+xml")
    if request.GET.get("v") == locator.version:
        # By readers, not by what stands in front of us: it would outlive a withdrawal there.
        patch_cache_control(response, public=True, max_age=YEAR, s_maxage=1, immutable=True)
    return response
