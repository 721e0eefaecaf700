"""Each page of a portal where little is known, as a reader gets it in Markdown."""

import pytest

from tests.journeys.stories import make_bare_portal
from tests.journeys.test_told_pages import end_of_journey, end_of_milestone, end_of_record, lines_of
from tests.partials import visited

pytestmark = pytest.mark.django_db

BARE = {
    "/": """
# How cities learn from each other
2 cities, 3 milestones, 2023
## The journeys map
Each city is a line, each milestone a stop. Lines meet where cities took part in the same
event.
- A milestone
- Interchange: a shared event
Order and month are exact, as we read the dates; distances are not. Stretches without a stop
are shortened. Stops without a date stand last. [Read the map as a
list](/journeys/?order=date)
Embed this Code for a page of yours, in which this is shown
## 2 journeys
[All 3 milestones as a list](/journeys/)
RAB
### [Rabat](/journeys/rabat/)
MENA Hub
2 milestones · 2023
SAL
### [Salé](/journeys/sale/)
MENA Hub
1 milestone
## Where journeys meet
[All events](/events/) [All initiatives](/initiatives/)
### [Party](/events/party/)
RABRabat SALSalé
## By regional hub
- [MENA2 journeys](/regions/mena/)
## By theme
- [Youth1 milestone](/themes/youth/)
""",
    "/journeys/rabat/": f"""
1. [Home](/)
2. [Journeys](/journeys/)
3. Rabat
RAB MENA Hub
# Rabat
Regional hub [MENA](/regions/mena/)
Milestones 2
## 2 milestones
1. [May 2023 Tea](#tea)
2. [Soon A dialogue on the…](#walk)
[In the Network’s order](?order=told) [By date](?order=date)
1. Milestone 1, interchange
May 2023
## [Tea](/journeys/rabat/tea/)
They drank tea.
### [Party](/events/party/)
- RAB Rabat: attended
- SAL [Salé](/journeys/sale/#quiet) was here too
1 theme · 1 event · 1 initiative · 1 milestone before or after · 1 source
- Attended [Summit](/events/summit/)
- Mentioned here [Garden](/initiatives/garden/)
- Inspired [A dialogue on the prevention of hate](#walk)
- [Youth](/themes/youth/)
- Source: A letter
2. Milestone 2
Soon
## [A dialogue on the prevention of hate](/journeys/rabat/walk/)
They walked.
In doubt. <b>&"
1 initiative · 1 milestone before or after
- Joined [Garden](/initiatives/garden/)
- Inspired by [Tea](#tea)
[List of milestones](#stops)
## Themes on this journey
- [Youth](/themes/youth/)
{end_of_journey("Rabat", "rabat")}
## Where this journey crosses others
- SAL
### [Salé](/journeys/sale/)
- [Party](/events/party/)
Embed this Code for a page of yours, in which this is shown
First published 14 May 2025
[Previous city Salé](/journeys/sale/) [Next city Salé](/journeys/sale/)
Download: [CSV](/journeys/rabat.csv) [JSON](/journeys/rabat.json) [About the data](/data/)
""",
    "/journeys/rabat/tea/": f"""
1. [Home](/)
2. [Journeys](/journeys/)
3. [Rabat](/journeys/rabat/)
4. Tea
RAB Rabat · Milestone 1 of 2
# Tea
Date as printed May 2023
They drank tea.
- [See this milestone on the journey](/journeys/rabat/#tea)
## Why it carries these themes
### [Youth](/themes/youth/)
## Events and initiatives in it
### [Summit](/events/summit/)
Rabat attended:
> Tea
### [Party](/events/party/)
Rabat attended:
> Tea
- SAL [Salé](/journeys/sale/#quiet) was here too
### [Garden](/initiatives/garden/)
Pilot
Rabat mentions it:
> Tea
## What it came from and led to
### Inspired [A dialogue on the prevention of hate](/journeys/rabat/walk/)
## Sources
- A letter
{end_of_milestone("Tea", "Rabat", "/journeys/rabat/tea")}
[Next milestone A dialogue on the prevention of hate](/journeys/rabat/walk/)
""",
    "/journeys/rabat/walk/": f"""
1. [Home](/)
2. [Journeys](/journeys/)
3. [Rabat](/journeys/rabat/)
4. A dialogue on the prevention of hate
RAB Rabat · Milestone 2 of 2
# A dialogue on the prevention of hate
Date as printed Soon
They walked.
In doubt. <b>&"
- [See this milestone on the journey](/journeys/rabat/#walk)
## Events and initiatives in it
### [Garden](/initiatives/garden/)
Pilot
Rabat joined:
> A dialogue on the prevention of hate
## What it came from and led to
### Inspired by [Tea](/journeys/rabat/tea/)
{end_of_milestone("A dialogue on the prevention of hate", "Rabat", "/journeys/rabat/walk")}
[Previous milestone Tea](/journeys/rabat/tea/)
""",
    "/events/summit/": f"""
1. [Home](/)
2. [Events](/events/)
3. Summit
Dialogue
# Summit
## Who was here
1 city with a published journey
RAB
### [Rabat](/journeys/rabat/)
MENA
#### Tea
May 2023 · attended
They drank tea.
[See this milestone on the journey: Tea](/journeys/rabat/#tea)
Next milestone [A dialogue on the prevention of hate](/journeys/rabat/#walk)
Soon
## Also mentioned
These milestones name it, without telling of being there.
1. SAL
### [Quiet](/journeys/sale/quiet/)
May 2023 · Salé mentions it
{end_of_record("Summit", "/events/summit")}
Embed this Code for a page of yours, in which this is shown
Download: [CSV](/events/summit.csv) [JSON](/events/summit.json) [About the data](/data/)
""",
    "/initiatives/pact/": f"""
1. [Home](/)
2. [Initiatives](/initiatives/)
3. Pact
Initiative
# Pact
Kind Pilot
## On these journeys
1 city
SAL
### [Salé](/journeys/sale/)
MENA
#### Quiet
May 2023 · endorsed
[See this milestone on the journey: Quiet](/journeys/sale/#quiet)
{end_of_record("Pact", "/initiatives/pact")}
Download: [CSV](/initiatives/pact.csv) [JSON](/initiatives/pact.json) [About the
data](/data/)
""",
    "/themes/youth/": """
1. [Home](/)
2. [Themes](/themes/)
3. Youth
Theme
# Youth
The young.
1 milestone on 1 journey
## Milestones by city
RAB
### [Rabat](/journeys/rabat/)
MENA
1 of 2 milestones
#### [Tea](/journeys/rabat/tea/)
May 2023
Download: [CSV](/themes/youth.csv) [JSON](/themes/youth.json) [About the data](/data/)
""",
}


def test_no_page_of_a_bare_portal_leaves_a_gap(client):
    make_bare_portal()

    for address, told in BARE.items():
        assert visited(client, address).lines == lines_of(told), address
