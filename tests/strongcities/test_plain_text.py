import pytest
from django.core.exceptions import ValidationError

from journeys.models import Milestone
from tests.factories import make_city, make_event, make_milestone, make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_region, make_city, make_event])
def test_record_refuses_a_control_character_by_its_field(make):
    record = make()
    record.name = "Na\x1bme"

    with pytest.raises(ValidationError) as error:
        record.clean_fields()

    assert set(error.value.message_dict) == {"name"}


def test_soft_break_is_a_line_break_in_a_text_and_a_blank_in_a_line():
    milestone = make_milestone(title="One\vtwo", body="One\vtwo\u2028three")

    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("One two", "One\ntwo\nthree")


def test_what_no_form_has_seen_is_kept_without_controls():
    milestone = make_milestone(title="A\x00B", body="می\u200cخواهم \u2067نص\u2069 \u202eabc")

    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("AB", "می\u200cخواهم \u2067نص\u2069 abc")
    assert Milestone.objects.get() == milestone
