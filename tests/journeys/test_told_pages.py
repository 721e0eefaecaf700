"""Each page of a portal where all is known, as a reader gets it in Markdown."""

from textwrap import wrap
from urllib.parse import quote

import pytest

from tests.journeys.stories import make_told_portal
from tests.partials import WHOLE_WORDS, typed, visited

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LASTING = "http://testserver/id/a-uuid/"


def cited(title: str, page: str) -> str:
    """How a page says to cite it."""
    return f"""Cite this page
Strong Cities Network. {title}. Strong Cities Member Journeys, version of 14 May 2025. {LASTING}
- [BibTeX]({page}.bib)
- [RIS]({page}.ris)
- [CSL-JSON]({page}.csl.json)"""


def mailed(what: str, subject: str, page: str) -> str:
    subject, body = (quote(text, safe="") for text in (subject, f"http://testserver{page}/"))
    return f"[Email this {what}](mailto:?subject={subject}&body={body})"


def end_of_journey(name: str, slug: str) -> str:
    """What a journey says of itself."""
    page = f"/journeys/{slug}"
    subject = f"{name}: a member journey of the Strong Cities Network"
    return f"""## Share and compare
- [Compare with other journeys](/compare/?city={slug})
- {mailed("journey", subject, page)}
- [Link to this journey](http://testserver{page}/)
{cited(f"“The journey of {name}”", page)}
## On paper
Printed from your browser, this journey comes out as a document, with its dates and addresses."""


def end_of_milestone(title: str, city: str, page: str) -> str:
    return f"""## Share and cite
Link to this milestone
{mailed("milestone", f"{title}: from the journey of {city}", page)}
{cited(f"“{title}”. In: The journey of {city}", page)}
Embed this Code for a page of yours, in which this is shown
First published 14 May 2025"""


def end_of_record(name: str, page: str) -> str:
    """Of an event or an initiative."""
    return f"""## Share and cite
{mailed("page", name, page)}
{cited(f"“{name}”", page)}"""


def trail(*steps: str) -> str:
    """The way from home to a page."""
    return "\n".join(f"{n}. {step}" for n, step in enumerate(("[Home](/)", *steps), 1))


def lines_of(text: str) -> list[str]:
    """Lines as `Shown.lines` has them."""
    return [part for line in text.strip().split("\n") for part in wrap(line, 92, **WHOLE_WORDS)]


CARDS = """OSL
### [Oslo <b>&"](/journeys/oslo/)
MENA Hub <b>&"
1 milestone · 2023
RAB
### [Rabat <b>&"](/journeys/rabat/)
[](/cities/rabat/locator.svg)
On the coast <b>&".
MENA Hub <b>&"
3 milestones · 2022–2025"""
TOLD = {
    "/": f"""
# How cities learn from each other
3 cities, 5 milestones, 2022 to 2025
## The journeys map
Each city is a line, each milestone a stop. Lines meet where cities took part in the same
event.
- A milestone
- City joins the Network
- Interchange: a shared event
Order and month are exact, as we read the dates; distances are not. Stretches without a stop
are shortened. [Read the map as a list](/journeys/?order=date)
Embed this Code for a page of yours, in which this is shown
## 3 journeys
[All 5 milestones as a list](/journeys/)
MSK
### [Masaka](/journeys/masaka/)
Africa Hub
1 milestone · 2023
{CARDS}
## Where journeys meet
[All events](/events/) [All initiatives](/initiatives/)
### [Summit <b>&"](/events/summit/)
Tampa <b>&"
10–12 December 2024
MSKMasaka RABRabat <b>&"
### [Pact <b>&"](/initiatives/pact/)
Declaration
MSKMasaka RABRabat <b>&"
## By regional hub
- [Africa <b>&"1 journey](/regions/africa/)
- [MENA <b>&"2 journeys](/regions/mena/)
- [Oceania0 journeys](/regions/oceania/)
## By theme
- [Youth <b>&"2 milestones](/themes/youth/)
- [Water0 milestones](/themes/water/)
""",
    "/journeys/rabat/": f"""
{trail("[Journeys](/journeys/)", typed("Rabat"))}
RAB MENA Hub <b>&"
# Rabat <b>&"
[Locator map: Rabat <b>&"](/cities/rabat/locator.svg)
On the coast <b>&".
مدينة الرباط.
No coast is meant. <b>&"
[A square <b>&"](/pictures/2024/05/square.webp) At noon <b>&" Picture: A. Amin <b>&"
Place Rabat-Salé <b>&", Morocco
Regional hub [MENA <b>&"](/regions/mena/)
Mayor Ms Amin <b>&"
First engagement 2021, uncertain
Member since March 2022
Milestones 3
First engagement: From a report. <b>&"
Member since: From a letter. <b>&"
## 3 milestones
1. [2022 Before <b>&"](#before)
2. [May 2023 <b>&" (read as June 2023, uncertain) Tea <b>&"](#tea)
3. [2025 مدينة الرباط](#after)
[In the Network’s order](?order=told) [By date](?order=date)
1. Milestone 1
2022
## [Before <b>&"](/journeys/rabat/before/)
What happened in 2022.
1 milestone before or after
- Inspired [Tea with the mayor <b>&"](#tea)
2. Milestone 2, interchange
May 2023 <b>&" (read as June 2023, uncertain)
## [Tea with the mayor <b>&"](/journeys/rabat/tea/)
They drank tea <b>&".
مدينة الرباط.
Tee is printed. <b>&"
مدينة الرباط
It rained in May. <b>&"
[A square <b>&"](/pictures/2024/05/square.webp) At noon <b>&" Picture: A. Amin <b>&"
### [Summit <b>&"](/events/summit/) Tampa <b>&", 10–12 December 2024
- RAB Rabat <b>&": attended, spoke
- MSK [Masaka](/journeys/masaka/#هناك) was here too
[Read more about Tea with the mayor <b>&"](https://example.org/?tea=1&cake=2)
1 theme · 2 events · 2 initiatives · 2 milestones before or after · 2 sources
### [Pact <b>&"](/initiatives/pact/) Declaration
- RAB Rabat <b>&": endorsed
- MSK Also on the journey of [Masaka](/journeys/masaka/#هناك)
- Hosted [Walk <b>&"](/events/walk/), Fez
- Attended [Panel <b>&"](/events/panel/), 11 December 2024
- Runs [Garden <b>&"](/initiatives/garden/)
- Inspired by [Before <b>&"](#before)
- Inspired [مدينة الرباط](#after)
- [Youth <b>&"](/themes/youth/)
- Source: [Report <b>&"](https://example.org/?a=1&b=2)
- Source: A letter
3. Milestone 3
2025
## [مدينة الرباط](/journeys/rabat/after/)
What happened in 2025.
1 theme · 1 milestone before or after
- Inspired by [Tea with the mayor <b>&"](#tea)
- [Youth <b>&"](/themes/youth/)
[List of milestones](#stops)
## Themes on this journey
- [Youth <b>&"](/themes/youth/)
{end_of_journey(typed("Rabat"), "rabat")}
## Where this journey crosses others
- MSK
### [Masaka](/journeys/masaka/)
- [Summit <b>&"](/events/summit/)
- [Pact <b>&"](/initiatives/pact/)
## Other places on this journey
- Oslo <b>&"
- مدينة الرباط
## Sources
- [Report <b>&"](https://example.org/?a=1&b=2) – read on 2 January 2026
Embed this Code for a page of yours, in which this is shown
First published 14 May 2025
[Previous city Oslo <b>&"](/journeys/oslo/) [Next city Masaka](/journeys/masaka/)
Download: [CSV](/journeys/rabat.csv) [JSON](/journeys/rabat.json) [About the data](/data/)
""",
    "/journeys/rabat/tea/": f"""
{trail("[Journeys](/journeys/)", '[Rabat <b>&"](/journeys/rabat/)')}
4. Tea with the mayor <b>&"
RAB Rabat <b>&" · Milestone 2 of 3
# Tea with the mayor <b>&"
Date as printed May 2023 <b>&"
Read as June 2023, uncertain
Kind Workshop or dialogue
They drank tea <b>&".
مدينة الرباط.
Tee is printed. <b>&"
مدينة الرباط
It rained in May. <b>&"
[A square <b>&"](/pictures/2024/05/square.webp) At noon <b>&" Picture: A. Amin <b>&"
[Read more about Tea with the mayor <b>&"](https://example.org/?tea=1&cake=2)
- [See this milestone on the journey](/journeys/rabat/#tea)
## Why it carries these themes
### [Youth <b>&"](/themes/youth/)
> مدينة الرباط <b>&"
## Events and initiatives in it
### [Summit <b>&"](/events/summit/)
Tampa <b>&", 10–12 December 2024
Rabat <b>&" attended:
> Tea with the mayor <b>&"
Rabat <b>&" spoke:
> Tea with the mayor <b>&"
- MSK [Masaka](/journeys/masaka/#هناك) was here too
### [Walk <b>&"](/events/walk/)
Fez
Rabat <b>&" hosted:
> Tea with the mayor <b>&"
### [Panel <b>&"](/events/panel/)
11 December 2024
Rabat <b>&" attended:
> Tea with the mayor <b>&"
### [Pact <b>&"](/initiatives/pact/)
Declaration
Rabat <b>&" endorsed:
> Tea with the mayor <b>&"
- MSK Also on the journey of [Masaka](/journeys/masaka/#هناك)
### [Garden <b>&"](/initiatives/garden/)
Pilot
Rabat <b>&" runs:
> Tea with the mayor <b>&"
## What it came from and led to
### Inspired by [Before <b>&"](/journeys/rabat/before/)
> They drank tea <b>&" مدينة الرباط
### Inspired [مدينة الرباط](/journeys/rabat/after/)
> They drank tea <b>&" مدينة الرباط
## Sources
- [Report <b>&"](https://example.org/?a=1&b=2) – read on 2 January 2026
- A letter
{end_of_milestone(typed("Tea with the mayor"), typed("Rabat"), "/journeys/rabat/tea")}
[Previous milestone Before <b>&"](/journeys/rabat/before/) [Next milestone مدينة
الرباط](/journeys/rabat/after/)
""",
    "/events/summit/": f"""
{trail("[Events](/events/)", typed("Summit"))}
Global summit · Interchange
# Summit <b>&"
Tampa <b>&" · 10–12 December 2024
A summit. <b>&"
Part of [Week <b>&"](/events/week/)
Also named Third <b>&", ⁨مدينة الرباط⁩
May be the same as [Forum <b>&"](/events/forum/)
The texts do not say. <b>&"
A report says Tampa. <b>&"
Where the date is from: the report <b>&".
## Sources
- [Report <b>&"](https://example.org/?a=1&b=2) – read on 2 January 2026
## Who was here
2 cities with a published journey
MSK
### [Masaka](/journeys/masaka/)
Africa <b>&"
#### There
May 2023 · attended
They were there.
[See this milestone on the journey: There](/journeys/masaka/#هناك)
RAB
### [Rabat <b>&"](/journeys/rabat/)
MENA <b>&"
#### Tea with the mayor <b>&"
May 2023 <b>&" (read as June 2023, uncertain) · attended, spoke
They drank tea <b>&".
مدينة الرباط.
Tee is printed. <b>&"
مدينة الرباط
[See this milestone on the journey: Tea with the mayor <b>&"](/journeys/rabat/#tea)
Previous milestone [Before <b>&"](/journeys/rabat/#before)
2022
Next milestone [مدينة الرباط](/journeys/rabat/#after)
2025
## Also mentioned
These milestones name it, without telling of being there.
1. OSL
### [Heard <b>&"](/journeys/oslo/heard/)
May 2023 · Oslo <b>&" mentions it
> Heard <b>&"
## Sessions
- [Panel <b>&" Rabat <b>&"](/events/panel/)
## Launched here
- [Pact <b>&" Masaka, Rabat <b>&"](/initiatives/pact/)
{end_of_record(typed("Summit"), "/events/summit")}
Embed this Code for a page of yours, in which this is shown
Download: [CSV](/events/summit.csv) [JSON](/events/summit.json) [About the data](/data/)
""",
    "/initiatives/pact/": f"""
{trail("[Initiatives](/initiatives/)", typed("Pact"))}
Initiative
# Pact <b>&"
Cities promise. <b>&"
Kind Declaration
Launched at [Summit <b>&"](/events/summit/) (10–12 December 2024)
Run by [Rabat <b>&"](/journeys/rabat/)
Also named Promise <b>&", ⁨مدينة الرباط⁩
## On these journeys
2 cities
MSK
### [Masaka](/journeys/masaka/)
Africa <b>&"
#### There
May 2023 · endorsed
> There
[See this milestone on the journey: There](/journeys/masaka/#هناك)
RAB
### [Rabat <b>&"](/journeys/rabat/)
MENA <b>&"
#### Tea with the mayor <b>&"
May 2023 <b>&" (read as June 2023, uncertain) · endorsed
> Tea with the mayor <b>&"
[See this milestone on the journey: Tea with the mayor <b>&"](/journeys/rabat/#tea)
## Sources
- [Report <b>&"](https://example.org/?a=1&b=2) – read on 2 January 2026
{end_of_record(typed("Pact"), "/initiatives/pact")}
Download: [CSV](/initiatives/pact.csv) [JSON](/initiatives/pact.json) [About the
data](/data/)
""",
    "/themes/youth/": f"""
{trail("[Themes](/themes/)", typed("Youth"))}
Theme
# Youth <b>&"
The young. <b>&"
2 milestones on 1 journey
## Milestones by city
RAB
### [Rabat <b>&"](/journeys/rabat/)
MENA <b>&"
2 of 3 milestones
#### [Tea with the mayor <b>&"](/journeys/rabat/tea/)
May 2023 <b>&" (read as June 2023, uncertain) · Workshop or dialogue
> مدينة الرباط <b>&"
#### [مدينة الرباط](/journeys/rabat/after/)
2025 · Joined the Network
> مدينة الرباط
Download: [CSV](/themes/youth.csv) [JSON](/themes/youth.json) [About the data](/data/)
""",
    "/search/?q=tea": f"""
{trail("Search")}
# Found for “tea”
## Milestones 1
1. RAB
### [Tea with the mayor <b>&"](/journeys/rabat/tea/)
May 2023 <b>&" (read as June 2023, uncertain) · Rabat <b>&" · Workshop or dialogue
They drank tea <b>&". مدينة الرباط.
""",
    "/cities/": f"""
{trail("Cities")}
# Cities
3 member cities with a published journey, by regional hub and country.
## [Africa <b>&"](/regions/africa/)
### Uganda
- [MSK Masaka1 milestone](/journeys/masaka/)
## [MENA <b>&"](/regions/mena/)
- [OSL Oslo <b>&"1 milestone](/journeys/oslo/)
### Morocco
- [RAB Rabat <b>&"3 milestones](/journeys/rabat/)
Download: [CSV](/cities.csv) [JSON](/cities.json) [About the data](/data/)
""",
    "/regions/": f"""
{trail("Regional hubs")}
# Regional hubs
Each hub has its colour, and the lines of its cities carry it.
- [Africa <b>&"1 journey, 1 milestone](/regions/africa/)
- [MENA <b>&"2 journeys, 4 milestones](/regions/mena/)
- [Oceania0 journeys, 0 milestones](/regions/oceania/)
Download: [CSV](/regions.csv) [JSON](/regions.json) [About the data](/data/)
""",
    "/regions/mena/": f"""
{trail("[Regional hubs](/regions/)", typed("MENA"))}
MENA Hub <b>&"
# MENA <b>&"
2 journeys, 4 milestones
## Cities
{CARDS}
## The lines so far
Each city is a line, each milestone a stop.
- A milestone
- City joins the Network
- Acts on the Pact <b>&"
Order and month are exact, as we read the dates; distances are not. Stretches without a stop
are shortened. [Read the map as a list](/journeys/?region=mena&order=date)
## Milestones by date, as read
1. RAB
### [Before <b>&"](/journeys/rabat/before/)
2022 · Rabat <b>&"
What happened in 2022.
2. OSL
### [Heard <b>&"](/journeys/oslo/heard/)
May 2023 · Oslo <b>&"
They heard.
3. RAB
### [Tea with the mayor <b>&"](/journeys/rabat/tea/)
May 2023 <b>&" (read as June 2023, uncertain) · Rabat <b>&" · Workshop or dialogue
They drank tea <b>&".
4. RAB
### [مدينة الرباط](/journeys/rabat/after/)
2025 · Rabat <b>&" · Joined the Network
What happened in 2025.
Download: [CSV](/regions/mena.csv) [JSON](/regions/mena.json) [About the data](/data/)
""",
    "/events/": f"""
{trail("Events")}
# Events
Summits, workshops, dialogues and visits that the journeys tell of. Where two or more cities
took part, their lines meet.
Declarations, pilots and programmes are under [initiatives](/initiatives/).
## 2024
- [Panel <b>&" Rabat <b>&" 11 December 2024](/events/panel/)
- [Summit <b>&" 2 cities Masaka, Rabat <b>&" 10–12 December 2024 Tampa
<b>&"](/events/summit/)
## Date not known
- [Forum <b>&"](/events/forum/)
- [Walk <b>&" Rabat <b>&" Fez](/events/walk/)
- [Week <b>&"](/events/week/)
Download: [CSV](/events.csv) [JSON](/events.json) [About the data](/data/)
""",
    "/initiatives/": f"""
{trail("Initiatives")}
# Initiatives
Declarations, councils, pilots and programmes that the journeys tell of; those on most
journeys first.
- [Pact <b>&" 2 cities Masaka, Rabat <b>&" Declaration](/initiatives/pact/)
- [Garden <b>&" Rabat <b>&" Pilot](/initiatives/garden/)
Download: [CSV](/initiatives.csv) [JSON](/initiatives.json) [About the data](/data/)
""",
    "/themes/": f"""
{trail("Themes")}
# Themes
What the milestones are about. A milestone carries a theme only where its words show it.
## [Water](/themes/water/)
Rivers.
0 milestones on 0 journeys
## [Youth <b>&"](/themes/youth/)
The young. <b>&"
2 milestones on 1 journey
Download: [CSV](/themes.csv) [JSON](/themes.json) [About the data](/data/)
""",
    "/journeys/?q=tea&theme=youth": f"""
{trail("Journeys")}
# Journeys
Search the milestones Search
Filters (2) Regional hub
Africa <b>&"0 milestones MENA <b>&"1 milestone Oceania0 milestones
Theme
Water0 milestones Youth <b>&"1 milestone
Year
20250 milestones 20231 milestone 20220 milestones
Kind of milestone
First contact0 milestones Joined the Network0 milestones Workshop or dialogue1 milestone
Global Summit0 milestones Learning visit or exchange0 milestones Commitment or leadership
role0 milestones Project or pilot0 milestones City Spotlight0 milestones
Apply filters
## 1 milestone in 1 city
- [“tea”](?theme=youth)
- [Youth <b>&"](?q=tea)
- [Clear all](/journeys/)
### Cities
- [RAB Rabat <b>&"1 milestone found](/journeys/rabat/)
1. RAB
### [Tea with the mayor <b>&"](/journeys/rabat/tea/)
May 2023 <b>&" (read as June 2023, uncertain) · Rabat <b>&" · Workshop or dialogue
They drank tea <b>&". مدينة الرباط.
Download: [CSV](/journeys.csv?q=tea&theme=youth) [JSON](/journeys.json?q=tea&theme=youth)
[About the data](/data/)
""",
    "/journeys/?q=nothing&year=soon&theme=<b>": f"""
{trail("Journeys")}
# Journeys
Search the milestones Search
There are problems.
- There is no “<b>” to filter by.
- “soon” is not a year: type it as 2023.
## No milestones found
- [“nothing”](?theme=%3Cb%3E&year=soon)
- [<b>](?q=nothing&year=soon)
- [soon](?q=nothing&theme=%3Cb%3E)
- [Clear all](/journeys/)
Nothing matches all of this together. To find more:
- [Remove the search words](?theme=%3Cb%3E&year=soon)
- [Remove the filter Theme: <b>](?q=nothing&year=soon)
- [Remove the filter Year: soon](?q=nothing&theme=%3Cb%3E)
- [See all 5 milestones](/journeys/)
Or start from a city:
- [Masaka](/journeys/masaka/)
- [Oslo <b>&"](/journeys/oslo/)
- [Rabat <b>&"](/journeys/rabat/)
Download: [CSV](/journeys.csv?q=nothing&theme=%3Cb%3E&year=soon)
[JSON](/journeys.json?q=nothing&theme=%3Cb%3E&year=soon) [About the data](/data/)
""",
}


def test_each_page_tells_all_that_is_known(client):
    make_told_portal()

    for address, told in TOLD.items():
        assert visited(client, address).lines == lines_of(told), address
