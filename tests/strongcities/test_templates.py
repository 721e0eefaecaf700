"""What templates print: text is text, whatever else was printed before."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template, engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

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


# Translated: as Django's tags do, in the language and number of each page

COUNTED = (
    "{% blocktranslate trimmed count more=more with name=name %}\n{{ name }} and {{ more }} city"
    "{% plural %}{{ name }} and {{ more }} cities{% endblocktranslate %}"
)


def said(template: Template, language: str = "en-gb", **values) -> str:
    with override(language):
        return template.render(Context(values))


def test_words_are_in_the_language_of_the_page():
    month = Template('{% load i18n %}{% translate "January" %}, <{% translate "100%" %}>')

    assert [said(month, one) for one in ("en-gb", "fr", "en-gb")] == [
        "January, <100%>",
        "janvier, <100%>",
        "January, <100%>",
    ]


def test_a_sentence_has_the_number_and_the_names_of_each_page():
    cities = Template("{% load i18n %}" + COUNTED)

    assert said(cities, more=1, name="<A>") == "&lt;A&gt; and 1 city"
    assert said(cities, more=2, name="B") == "B and 2 cities"
    assert said(cities, more=1, name="C") == "C and 1 city"
