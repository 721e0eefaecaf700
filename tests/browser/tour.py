"""Each kind of page once, from the five journeys."""

TOUR = [
    "/",
    "/about/",
    "/journeys/?q=youth",
    "/journeys/?q=harbour&year=2023",
    "/journeys/?theme=no-such-theme",
    "/journeys/masaka-city/",
    "/journeys/rabat/a-voice-for-city-led-action-and-women/",
    "/search/?q=youth",
    "/search/?q=masakka",
    "/compare/",
    "/compare/?city=rabat&city=masaka-city&city=athens-ohio",
    "/cities/",
    "/regions/",
    "/regions/mena/",
    "/themes/",
    "/themes/youth-engagement/",
    "/events/",
    "/events/fourth-global-summit/",
    "/initiatives/",
    "/initiatives/new-york-mayoral-declaration/",
]
