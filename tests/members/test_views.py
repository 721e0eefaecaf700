import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.urls import reverse

from tests.factories import make_city

pytestmark = pytest.mark.django_db

RABAT = {"latitude": "34.0209", "longitude": "-6.8416"}


def test_city_locator_is_a_picture_kept_for_ever_that_allows_its_own_rules(client):
    city = make_city(name="الرباط", **RABAT)

    response = client.get(city.locator_url)

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert response["Cache-Control"] == "public, max-age=31536000, s-maxage=1, immutable"
    assert "Cookie" not in response.get("Vary", "")
    style = re.search(r"<style>(.*?)</style>", response.content.decode())[1]
    policy = response["Content-Security-Policy"]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in policy
    assert "default-src 'none'" in policy
    city.status, city.withdrawn_reason = "withdrawn", "By request."
    city.save()
    assert client.get(city.locator_url).status_code == 410


@pytest.mark.parametrize("query", ["", "?v=00000000"])
def test_city_locator_under_another_version_is_asked_for_again(client, query):
    city = make_city(**RABAT)
    address = reverse("members:city_locator", args=[city.slug])

    response = client.get(address + query)

    assert "Cache-Control" not in response


@pytest.mark.parametrize("fields", [{}, RABAT | {"status": "draft"}])
def test_city_locator_is_not_there_without_a_place_or_a_public_city(client, fields):
    city = make_city(**fields)

    response = client.get(reverse("members:city_locator", args=[city.slug]))

    assert response.status_code == 404


def test_locator_stands_in_the_card_and_on_the_journey(client):
    city = make_city(name="Rabat <of> “Salé”", **RABAT)

    home = client.get(reverse("home")).content.decode()
    journey = client.get(city.get_absolute_url()).content.decode()

    assert f'src="{city.locator_url}" width="96" height="96" alt="" loading="lazy"' in home
    assert 'width="144" height="144" alt="Locator map: Rabat &lt;of&gt; “Salé”"' in journey
