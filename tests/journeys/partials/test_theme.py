"""The partials of themes, and of a journey's line in small."""

import pytest

from journeys.drawings.mini_timeline import Mark, MiniTimeline
from journeys.models import Theme
from journeys.pages.theme import Thread, theme_page
from tests.factories import link_theme, make_city, make_milestone, make_theme
from tests.journeys.stories import make_told_milestone
from tests.partials import ARABIC, empty, full, page, typed

pytestmark = pytest.mark.django_db


def make_told_theme() -> Theme:
    """Youth, on two of the three stops of Rabat."""
    theme = make_theme(name=typed("Youth"), slug="youth", scope=typed("The young."))
    city = make_city(name=typed("Rabat"), slug="rabat")
    link_theme(make_told_milestone(city=city), theme, typed(ARABIC))
    link_theme(make_milestone(city=city, title="Walk", slug="walk"), theme)
    make_milestone(city=city)
    return theme


def thread_of(theme: Theme) -> Thread:
    return theme_page(theme, None)["journeys"][0]


def test_mini_timeline_marks_each_stop_by_its_shape():
    shapes = ["interchange", "initiative", "joined", "stop"]
    timeline = MiniTimeline([Mark(8 + 28 * n, shape, on=True) for n, shape in enumerate(shapes)])

    drawn = full("journeys/_mini_timeline.html", timeline=timeline)

    assert drawn.attributes("svg", "width") == ["100"]
    assert drawn.names == ["svg", "path", "rect", "path", "circle", "circle"]
    assert len(drawn.all(".mini-timeline__mark--on")) == 4


def test_mini_timeline_of_one_stop_marks_it_alone():
    drawn = empty("journeys/_mini_timeline.html", timeline=MiniTimeline([Mark(8, "stop")]))

    assert drawn.names == ["svg", "path", "circle"]
    assert drawn.all(".mini-timeline__mark--on") == []


def test_theme_row_says_its_scope_and_how_much_there_is():
    make_told_theme()

    row = page("journeys/theme_list.html", themes=Theme.objects.for_directory()).part(".topic")

    assert row.links == [(typed("Youth"), "/themes/youth/")]
    assert row.all("p") == [typed("The young."), "2 milestones on 1 journey"]


def test_theme_row_of_an_unused_theme_counts_none():
    make_theme(name="Water", scope="Rivers.")

    row = page("journeys/theme_list.html", themes=Theme.objects.for_directory()).part(".topic")

    assert row.text == "Water Rivers. 0 milestones on 0 journeys"


def test_theme_rows_lead_to_the_themes():
    make_told_theme()

    section = full("journeys/_theme_rows.html", themes=Theme.objects.for_directory())

    assert section.links == [(f"{typed('Youth')}2 milestones", "/themes/youth/")]


def test_theme_rows_without_themes_have_no_heading():
    assert empty("journeys/_theme_rows.html", themes=Theme.objects.for_directory()).names == []


def test_theme_voice_quotes_each_milestone():
    thread = thread_of(make_told_theme())

    article = full(
        "journeys/_theme_voice.html",
        milestones=thread.milestones,
        city=thread.city,
        stop_total=thread.stop_total,
    )

    assert article.all("blockquote") == [typed(ARABIC), "Walk"]
    assert "2 of 3 stops" in article.all("p")
    assert f"{typed('May 2023')} · Workshop or dialogue" in article.all("p")
    assert article.links == [
        (typed("Rabat"), "/journeys/rabat/"),
        (typed("Tea with the mayor"), "/journeys/rabat/tea/"),
        ("Walk", "/journeys/rabat/walk/"),
    ]


def test_theme_voice_without_words_has_no_box_for_them():
    milestone = make_milestone()
    milestone.quote = ""

    article = empty(
        "journeys/_theme_voice.html", milestones=[milestone], city=milestone.city, stop_total=1
    )

    assert article.all("p") == [milestone.city.region.name, "1 of 1 stop", "May 2023"]
    assert "blockquote" not in article.names
