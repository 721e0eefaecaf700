import pytest
from django.urls import reverse

from journeys.models import Event, Milestone
from members.models import City
from tests.admin_forms import edit, page_of
from tests.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]


@pytest.fixture
def read(client):
    """A function: what the form's script learns of a date."""
    return lambda text: client.get(reverse("admin:reading"), {"text": text}).json()


def test_doubt_is_said_while_typing_and_nothing_of_nothing(read):
    doubt = {"reading": "June 2024, uncertain: sorts from 1 June 2024", "turned": ""}

    assert read("2024-06?").items() >= doubt.items()
    assert read("  ") == {"edtf": "", "reading": "", "turned": ""}


def test_what_people_type_is_turned_into_edtf_visibly_or_said_to_be_none(read):
    assert read(" spring 2021 ")["turned"] == "“spring 2021” is taken as 2021-21."
    assert read("mid-2024")["turned"] == (
        "“mid-2024” is taken as 2024. It names a part only of what it is read as"
    )
    assert "01 to 12" in read("2024-13")["error"]


def test_saved_date_is_edtf_and_the_page_says_so(client):
    page = edit(client, make_event(), date="Sept 2024", follow=True).content.decode()

    assert Event.objects.get().date == "2024-09"
    assert "The date “Sept 2024” is kept as 2024-09: September 2024" in page


def test_every_field_of_a_date_asks_how_it_is_read(client):
    for model, fields in {
        City: ["first_engagement", "joined"],
        Event: ["date"],
        Milestone: ["date_as_printed", "date"],
    }.items():
        form = client.get(page_of(model, "add")).context["adminform"].form
        assert [
            name for name, one in form.fields.items() if "data-reading-url" in one.widget.attrs
        ] == fields
