"""The partials of the journeys map."""

from dataclasses import replace
from urllib.parse import quote

from journeys.drawings.map.drawing import Axis, Capsule, Drawing, Flag, Head, Lane, Mark, Word
from tests.partials import empty, full, typed

AFRICA = Head(typed("Africa"), "/africa/", "na", 20, name="Africa", below="7", height=40)
RABAT = Head(typed("RAB"), "/rabat/", "na", 50, "RAB", typed("Rabat"), typed("MENA"))
SHAPES = {"stop": "up", "joined": "down", "dot": "", "diamond": "up"}


def marks() -> list[Mark]:
    """A stop of each shape; but for the dot, each has a label."""
    return [
        Mark("a", x, 50, shape, 0, typed(shape), f"/{shape}/", place and typed("Tea"), place, "na")
        for x, (shape, place) in zip(range(100, 140, 10), SHAPES.items(), strict=True)
    ]


def make_drawing() -> Drawing:
    """Something of all that there is to draw."""
    lane = Lane("a", "na", 50, line="M0 50H9", guide="M9 50H99", head=RABAT, marks=marks())
    bare = Lane("b", "esa", 90, head=Head("Oslo", "/oslo/", "esa", 90, name="Oslo"))
    summit = Flag(typed("Summit, Tampa"), "/summit/", typed("Summit"), typed("Tampa"), 10, 14, 126)
    axis = Axis(
        bands=["M1 2h3z", "M4 5h6z"],
        years=[Word(1, 2, "2023", start=True), Word(3, 4, "2024")],
        months=[Word(5, 6, "J")],
        notes=[Word(7, 8, typed("no date"))],
        ticks="M1 2v4",
    )
    return Drawing(
        "full",
        axis=axis,
        lanes=[lane, bare],
        heads=[AFRICA],
        capsules=[Capsule("a", 100, 20, 80, 0)],
        flags=[replace(summit, leader="M1 2v3"), Flag("S", "/s/", "S", "", 10, 14, 126)],
        launches=["M1 2v3"],
    )


FULL = """
div.map__sheet
svg.map__drawing.map__drawing--full The map <b>&" 0 0
g
path.map__band M1 2h3zM4 5h6z
path.map__tick M1 2v4
text.map__year 1 2023
text.map__year.map__middle 3 2024
g.map__months
text 5 J
text 7 no date <b>&"
path.map__leader M1 2v3
path.map__guide M9 50H99
path.map__line.line--na M0 50H9
path.map__launch M1 2v3
rect.map__stop 87 26 60
a.map__head.line--na /africa/ Africa <b>&"
rect.map__plate 8 40
text.map__name 18 Africa
text.map__below 18 7
g.line--na
a.map__head.line--na /rabat/ RAB <b>&"
rect.map__plate 40 22
text.map__code 20 RAB
text.map__name 48 Rabat <b>&"
text.map__below 48 MENA <b>&"
a /stop/ stop <b>&"
circle.map__hit 100 50
circle.map__stop 100 50
text translate(105 37)rotate(-36) Tea <b>&"
a /joined/ joined <b>&"
circle.map__hit 110 50
circle.map__stop.map__stop--joined 110 50
text.map__down translate(107 71)rotate(-36) Tea <b>&"
a /dot/ dot <b>&"
circle.map__hit 120 50
circle.map__dot 120 50
a /diamond/ diamond <b>&"
circle.map__hit 130 50
path.map__stop M130 40l10 10-10 10-10-10z
text translate(135 37)rotate(-36) Tea <b>&"
g.line--esa
a.map__head.line--esa /oslo/ Oslo
rect.map__plate 8 22
text.map__name 18 Oslo
a.map__flag /summit/ Summit, Tampa <b>&"
rect.map__banner 10 126 44
text 22 Summit <b>&"
text.map__when 22 Tampa <b>&"
a.map__flag /s/ S
rect.map__banner 10 126 44
text 22 S
"""


def drawn(drawing: Drawing) -> list[str]:
    return full("journeys/_map_drawing.html", drawing=drawing, heading=typed("The map")).drawn


def test_map_drawing_has_each_part_in_its_place():
    assert drawn(make_drawing()) == FULL.strip().split("\n")

    bare = empty("journeys/_map_drawing.html", drawing=Drawing("full"), heading="The map")
    assert bare.names == ["div", "svg", "g", "g"]


def test_overview_scrolls_under_its_heads_and_a_region_without_room_has_no_second_line():
    lanes = [Lane("a", "na", 50, head=RABAT)]
    lanes.append(Lane("b", "na", 90, name=typed("Rabat"), marks=[Mark("a", 100, 50, "stop", 0)]))
    overview = Drawing("overview", width=2400, lanes=lanes, heads=[replace(AFRICA, height=20)])

    page = full("journeys/_map_drawing.html", drawing=overview, heading=typed("The map"))

    heads = ["Africa", "RAB", typed("Rabat"), typed("MENA"), typed("Rabat")]
    assert page.all(".map__heads text") == page.all("text") == heads
    assert page.attributes("svg", "width")[1] == "2400"
    assert page.attributes(".map__drawing--wide use", "x") == ["100"]


def test_compact_map_has_its_capsules_below_the_lines_and_titles_on_its_stops():
    parts = drawn(replace(make_drawing(), mode="compact"))

    assert parts.index("rect.map__stop 87 26 60") < parts.index("path.map__leader M1 2v3")
    for shape in SHAPES:
        at = parts.index(f"a /{shape}/")
        assert parts[at + 1] == f"title {typed(shape)}"


def test_key_names_no_declaration_of_several_and_tells_what_is_dashed():
    key = full("journeys/_map_key.html", drawing=make_drawing(), declarations=["One", "Two"])

    assert key.all("li")[-2:] == [
        "Acts on a declaration that cities share",
        "Launched at that event; this city is not said to have been there",
    ]


def test_map_part_leads_to_the_journeys_that_are_not_drawn():
    here = {"slug": typed("esa")}

    part = full("journeys/_map_part.html", total=40, region=here)

    assert part.links == [
        ("All cities", "/cities/"),
        ("Search the milestones", f"/journeys/?region={quote(here['slug'], safe='/')}"),
    ]
    assert empty("journeys/_map_part.html", total=1).links == [
        ("All cities", "/cities/"),
        ("Regional hubs", "/regions/"),
        ("Search the milestones", "/journeys/"),
    ]
