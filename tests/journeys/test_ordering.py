"""A city's milestones in order: changed on the city's screen, one put in the middle."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from journeys import ordering
from journeys.models import Milestone
from journeys.ordering import merged
from members.models import City
from strongcities.editing import history
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import coded
from tests.admin_forms import address_of, edit, fields_of, page_of, send, text_of
from tests.editing.staff import make_administrator, make_editor, make_hub_editor, make_publisher
from tests.factories import make_city, make_milestone, make_region
from tests.journeys.imports.by_browser import browser_of
from tests.journeys.ordering_race import MOVERS
from tests.races import outcome_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """A city that tells of Asking, Joining, Visiting and Leading."""
    city = make_city()
    for title in ("Asking", "Joining", "Visiting", "Leading"):
        make_milestone(city=city, title=title)
    return city


@pytest.fixture
def publisher():
    return make_publisher(username="publisher")


@pytest.fixture
def ada(publisher):
    return browser_of(publisher)


def opened(client, city) -> dict[str, str]:
    """What the form of the order sends if nothing is typed."""
    page = client.get(address_of(city)).content.decode()
    form = re.search(r'<form class="order__form".*?</form>', page, re.DOTALL)[0]
    pairs = re.findall(r'<input [^>]*name="(seen|place:\d+)" value="([^"]*)"', form)
    return dict(pairs)


def save(client, city, form: dict | None = None, **places):
    """Save the order with some milestones, named by title, at other places."""
    form = opened(client, city) if form is None else form
    pks = dict(city.milestones.values_list("title", "pk"))
    typed = {f"place:{pks[title]}": place for title, place in places.items()}
    return client.post(address_of(city, "order"), form | typed)


def told(city) -> list[str]:
    return list(city.milestones.order_by("position", "pk").values_list("title", flat=True))


def positions(city) -> list[int]:
    return sorted(city.milestones.values_list("position", flat=True))


# Moving


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"Asking": 3}, ["Joining", "Visiting", "Asking", "Leading"]),
        ({"Asking": 2, "Joining": 1}, ["Joining", "Asking", "Visiting", "Leading"]),
        ({"Visiting": 1, "Leading": 1}, ["Visiting", "Leading", "Asking", "Joining"]),
        ({"Asking": 99, "Leading": 2}, ["Joining", "Leading", "Visiting", "Asking"]),
    ],
)
def test_milestone_with_another_number_gets_that_place(ada, city, places, order):
    response = save(ada, city, **places)

    assert response.url == address_of(city)
    assert "The order is saved." in text_of(ada.get(response.url))
    assert told(city) == order
    assert positions(city) == [1, 2, 3, 4]


def test_readers_read_the_saved_order_and_the_citys_form_does_not_touch_it(client, ada, city):
    save(ada, city, Leading=1)
    order = told(city)
    city.milestones.filter(title="Asking").update(title='<b onclick="x">&amp;')

    response = edit(ada, city, intro="Other words.")

    page = text_of(client.get(city.get_absolute_url()))
    form = ada.get(address_of(city)).content.decode()
    assert page.index("Leading") < page.index("Joining")
    assert response.status_code == 302
    assert told(city)[0] == order[0] == "Leading"
    assert "<b onclick" not in form
    assert "&lt;b onclick=&quot;x&quot;&gt;&amp;amp;" in form


def test_numbers_are_given_anew_without_gaps_and_an_unchanged_order_writes_nothing(ada, city):
    city.milestones.filter(title="Joining").update(position=1)
    city.milestones.filter(title="Leading").update(position=40)

    save(ada, city)
    before = Revision.objects.count(), AuditEntry.objects.filter(action="reordered").count()
    response = save(ada, city)

    assert told(city) == ["Asking", "Joining", "Visiting", "Leading"]
    assert positions(city) == [1, 2, 3, 4]
    assert "The order was like this already." in text_of(ada.get(response.url))
    after = Revision.objects.count(), AuditEntry.objects.filter(action="reordered").count()
    assert after == before


def test_what_is_no_number_is_refused_and_stays_in_the_field(ada, city):
    for typed in ("", "0", "-1", "first", "1.5", "²", "9" * 40):
        response = save(ada, city, Leading=typed)

        assert response.status_code == 409
        assert "a whole number from 1 to 4" in text_of(response)
        assert f'value="{typed}"' in response.content.decode()
    assert told(city) == ["Asking", "Joining", "Visiting", "Leading"]


def test_order_is_saved_by_who_was_served_the_form_only(publisher, city):
    client = Client(enforce_csrf_checks=True)
    client.force_login(publisher)
    page = client.get(address_of(city)).content.decode()
    forms = re.findall(r'<form class="order__form".*?</form>', page, re.DOTALL)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', forms[0])[1]
    form = opened(client, city)

    assert client.post(address_of(city, "order"), form).status_code == 403
    assert client.post(address_of(city, "order"), form | {"csrfmiddlewaretoken": token}).url


# History and log


def test_one_revision_and_line_of_the_log_keep_what_moved_where(ada, city, publisher):
    save(ada, city, Visiting=4)

    entry = AuditEntry.objects.get(action="reordered")
    assert (entry.who, entry.record_name) == ("publisher", str(city))

    revision = Revision.objects.get(comment=coded("order"))
    assert revision.user == publisher
    kept = {version.object_repr for version in revision.version_set.all()}
    assert kept == {"Visiting", "Leading"}
    first, second = history.versions_of(city.milestones.get(title="Leading"))
    assert history.said_in(first)["position"] == "3"
    assert history.said_in(second)["position"] == "4"


# Two at once


def test_order_that_changed_meanwhile_is_shown_beside_what_was_wanted(ada, city, publisher):
    form = opened(ada, city)
    ben = browser_of(make_publisher())
    save(ben, city, Asking=4)

    response = save(ada, city, form, Visiting=1)

    assert response.status_code == 409
    assert told(city) == ["Joining", "Visiting", "Leading", "Asking"]
    assert "Somebody has changed this order meanwhile. Nothing is saved." in text_of(response)
    wanted = [row.title for row, _new in response.context["order"]["wanted"]]
    assert wanted == ["Visiting", "Asking", "Joining", "Leading"]
    now = [row.title for row in response.context["order"]["rows"]]
    assert now == told(city)


def test_city_that_is_deleted_while_its_order_waits_is_not_found(ada, city, monkeypatch):
    def delete(pk):
        Milestone.objects.filter(city=pk).delete()
        City.objects.filter(pk=pk).delete()

    monkeypatch.setattr(ordering, "lock", delete)

    assert save(ada, city, Leading="1").status_code == 404


def test_wanted_order_can_be_saved_all_the_same_with_what_is_new(ada, city):
    form = opened(ada, city)
    make_milestone(city=city, title="Pledging", position=5)
    city.milestones.get(title="Joining").delete()

    response = save(ada, city, form, Visiting=1)
    panel = response.content.decode().partition("This is yours")[2].partition("</form>")[0]
    mine = dict(re.findall(r'name="(seen|place:\d+)" value="([^"]*)"', panel))
    save(ada, city, mine)

    assert "new since" in panel
    assert "1 milestone that you saw is no longer here." in text_of(response)
    assert told(city) == ["Visiting", "Asking", "Leading", "Pledging"]


@pytest.mark.postgresql
def test_many_at_once_give_no_number_twice(shared_database):
    outcome = outcome_of("tests.journeys.ordering_race", shared_database)

    assert outcome["orders"].count(302) == 1
    assert outcome["orders"].count(409) == MOVERS - 1
    assert set(outcome["inserted"]) == {302}
    assert outcome["positions"] == list(range(1, len(outcome["positions"]) + 1))


# Who


def test_editor_puts_an_own_draft_between_what_is_published_and_moves_nothing_else(city):
    editor = make_editor()
    make_milestone(city=city, title="Drafted", status="draft", drafted_by=editor)
    client = browser_of(editor)
    page = client.get(address_of(city)).content.decode()

    refused = save(client, city, Visiting=1)
    before = told(city), AuditEntry.objects.filter(action="reordered").exists()
    response = save(client, city, Drafted=2)

    assert page.count('name="place:') == 1
    assert refused.status_code == 403
    said = text_of(refused)
    assert "“Visiting” would be told before “Asking”: only a publisher changes that" in said
    assert before == (["Asking", "Joining", "Visiting", "Leading", "Drafted"], False)
    assert response.status_code == 302
    assert told(city) == ["Asking", "Drafted", "Joining", "Visiting", "Leading"]


def test_who_may_move_nothing_is_told_who_may_and_posts_no_order(ada, city):
    seen = " ".join(str(pk) for pk in city.milestones.values_list("pk", flat=True))
    editor, administrator = browser_of(make_editor()), browser_of(make_administrator())

    page = editor.get(address_of(city))

    assert b'name="place:' not in page.content
    assert "what is published, and a colleague’s draft, a publisher moves" in text_of(page)
    for client in (editor, administrator):
        assert client.post(address_of(city, "order"), {"seen": seen}).status_code == 403
    for form in ({"seen": "x 1"}, {}):
        assert ada.post(address_of(city, "order"), form).status_code == 409


def test_hub_editor_orders_at_home_and_neither_sees_nor_orders_elsewhere():
    home, away = make_region(), make_region()
    client = browser_of(make_hub_editor(home))
    own, other = make_city(region=home, status="draft"), make_city(region=away)
    for where in (own, other):
        make_milestone(city=where, title="Earlier", status="draft")
        make_milestone(city=where, title="Later", status="draft")

    assert save(client, own, Later=1).status_code == 302
    assert told(own) == ["Later", "Earlier"]
    assert "Earlier" not in text_of(client.get(address_of(other, "order")))
    assert client.post(address_of(other, "order")).status_code == 403


def test_draft_that_somebody_does_not_see_stays_behind_its_neighbour():
    stored, fixed = [1, 2, 3, 4], {2, 3}

    assert merged(stored, [4, 3, 1], fixed) == [2, 4, 3, 1]
    assert merged([1, 2, 3], [3, 1], {1, 2}) == [3, 1, 2]


# In the middle


def links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'class="order__insert" href="([^"]*)"', page)]


NEW = {"title": "Pledging", "body": "Words.", "date_as_printed": "May 2023", "date": "2023-05"}


@pytest.mark.parametrize("place", [0, 3])
def test_insert_here_puts_a_draft_there_and_moves_the_later_ones_on(ada, city, place):
    address = links(ada.get(address_of(city)).content.decode())[place]

    send(ada, address, **NEW)

    expected = ["Asking", "Joining", "Visiting", "Leading"]
    expected.insert(place, "Pledging")
    assert told(city) == expected
    assert positions(city) == [1, 2, 3, 4, 5]
    new = city.milestones.get(title="Pledging")
    assert new.status == "draft"
    kept = {v.object_repr for v in history.versions_of(new).get().revision.version_set.all()}
    assert kept == set(expected[place:])


def test_gap_in_the_numbers_takes_up_the_move_and_the_end_moves_nobody(ada, city):
    city.milestones.filter(title="Leading").update(position=9)
    page = ada.get(address_of(city)).content.decode()

    send(ada, links(page)[1], **NEW)
    gap = told(city), positions(city)
    end = unescape(re.search(r'class="order__end"><a href="([^"]*)"', page)[1])
    send(ada, end, **NEW | {"title": "Ending"})

    assert gap == (["Asking", "Pledging", "Joining", "Visiting", "Leading"], [1, 2, 3, 4, 9])
    assert told(city)[-1] == "Ending"
    assert positions(city) == [*gap[1], 10]


def test_number_that_is_taken_moves_the_others_on_but_not_in_a_preview(ada, city):
    last = city.milestones.get(title="Leading")
    form = fields_of(ada, address_of(last))

    preview = ada.post(address_of(last, "preview"), form | {"position": "1"})
    before = told(city), positions(city)
    edit(ada, last, position="2")

    assert preview.status_code == 200
    assert before == (["Asking", "Joining", "Visiting", "Leading"], [1, 2, 3, 4])
    assert told(city) == ["Asking", "Leading", "Joining", "Visiting"]
    assert len(set(positions(city))) == 4


def test_no_place_is_offered_where_no_milestone_may_be_added(city):
    elsewhere = browser_of(make_hub_editor(make_region())).get(address_of(city))

    assert elsewhere.status_code == 200
    assert b"order__insert" not in elsewhere.content


def test_highest_number_is_no_end_of_the_story(ada, city):
    city.milestones.filter(title="Leading").update(position=32767)
    address = page_of(Milestone, "add") + f"?city={city.pk}&position=32767"

    assert send(ada, address, **NEW).status_code == 302
    assert told(city)[-2:] == ["Leading", "Pledging"]


# Many

BATCHES = 4  # the versions of many records are stored a few hundred at once


def add_many(city, number: int) -> None:
    for _number in range(number):
        make_milestone(city=city)


@pytest.mark.parametrize("make", [make_publisher, make_editor])
def test_screen_takes_the_same_queries_with_more_milestones(make, count_queries):
    browser, city = browser_of(make()), make_city()
    add_many(city, 5)
    few = [count_queries(address_of(city), browser) for _time in range(2)][1]

    add_many(city, 20)

    assert count_queries(address_of(city), browser) == few


def test_saving_takes_the_same_queries_with_more_milestones(ada):
    taken = []
    for number in (5, 25):
        city = make_city()
        add_many(city, number)
        before = told(city)
        form = opened(ada, city)
        places = [name for name in form if name.startswith("place:")]
        form |= {name: str(place) for place, name in enumerate(reversed(places), 1)}
        with CaptureQueriesContext(connection) as queries:
            ada.post(address_of(city, "order"), form)
        taken.append(len(queries))
        assert told(city) == before[::-1]

    assert taken[1] <= taken[0] + BATCHES
