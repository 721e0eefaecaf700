"""What templates print: text is text, whatever else was printed before."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template, engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from journeys.templatetags.journeys import dated
from strongcities.templates import Loader

TAGS = "<script>\"&'"
SOURCE = "{{ it }} {{ it|upper }} {% if it %}{{ it }}{% endif %}{{ none.such }}"
BOTH = f"{SOURCE} {{% autoescape off %}}{SOURCE}{{% endautoescape %}}"


@pytest.mark.parametrize(
    "value",
    [
        TAGS,
        SafeString(TAGS),
        gettext_lazy("Journeys"),
        1234.5,
        datetime(2026, 1, 2, tzinfo=UTC),
        [TAGS],
    ],
)
def test_value_is_printed_as_django_prints_it(value):
    loader = Loader(
        engines["django"].engine, [("django.template.loaders.locmem.Loader", {"page": BOTH})]
    )

    printed = loader.get_template("page").render(Context({"it": value}))

    assert printed == Template(BOTH).render(Context({"it": value}))


def test_date_is_escaped_where_the_same_was_printed_before_as_html():
    assert TAGS in dated(SafeString(TAGS), "")
    assert TAGS not in dated(TAGS, "")
