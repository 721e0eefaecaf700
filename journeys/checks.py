"""What should be looked at before a milestone, a city, an event or an initiative is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from journeys.models import Event, Milestone
from members.models import City
from strongcities.editing.checks import Finding, error, warning


def themes_of(milestone: Milestone) -> Iterator[Finding]:
    if not milestone.theme_links.all():
        yield error("no-theme", "theme_links", _("It has no theme: no reader will find it by one."))


def quotes_of(milestone: Milestone) -> Iterator[Finding]:
    """The words that justify a link stand in the text, whatever was changed since."""
    for part in ("theme_links", "event_links", "initiative_links", "links_on"):
        for link in getattr(milestone, part).all():
            if link.quote and not any(one.says(link.quote) for one in link.speakers()):
                sentence = _("The text does not say “%(quote)s”, the words for %(link)s.")
                code = f"quote-{part}-{link.pk}"
                yield error(code, part, sentence, quote=link.quote, link=link)


def date_of(milestone: Milestone) -> Iterator[Finding]:
    """The date can be read, and says why where it is read as something else."""
    if not milestone.date:
        sentence = _("The date “%(date)s” is not read: give a reading, or no year will find it.")
        yield error("no-reading", "date", sentence, date=milestone.date_as_printed)
    elif milestone.printed_reading is None:
        sentence = _("The printed date “%(date)s” cannot be read: check it against the page.")
        printed = milestone.date_as_printed
        yield warning("printed-date", "date_as_printed", sentence, date=printed)
    elif milestone.date_differs and not milestone.date_note:
        sentence = _("The reading differs from the printed date: add a note that says why.")
        yield error("no-date-note", "date_note", sentence)


def order_of(milestone: Milestone) -> Iterator[Finding]:
    """Told after a milestone that happened wholly later, or before one that happened earlier."""
    around = list(milestone.siblings().order_by("position", "pk").defer("body", "search_text"))
    before = [one for one in around if one.date and one.position < milestone.position][-1:]
    after = [one for one in around if one.date and one.position > milestone.position][:1]
    pairs = [("before", one, milestone) for one in before]
    pairs += [("after", milestone, one) for one in after]
    for name, first, second in pairs:
        if second.reading and second.reading.before(first.reading):
            sentence = _("Its date lies out of order: it is told next to “%(title)s”, %(date)s.")
            other = second if first is milestone else first
            told = {"title": other.title, "date": other.date_in_words}
            yield warning(f"date-order-{name}", "date", sentence, **told)
    if any(one.position == milestone.position for one in around):
        yield warning("position", "position", _("Another milestone has the same position."))


def events_of(milestone: Milestone) -> Iterator[Finding]:
    """The date goes with those of the events at which the city was."""
    reading = milestone.reading
    for link in milestone.event_links.all() if reading else []:
        if link.took_part and not reading.touches(link.event.reading):
            sentence = _("Its date, %(mine)s, is at odds with %(event)s: %(theirs)s.")
            dates = {"mine": milestone.date_in_words, "theirs": link.event.date_in_words}
            event = name_if_public(link.event)
            yield warning(f"event-date-{link.event_id}", "date", sentence, event=event, **dates)


def address_of_read_more(milestone: Milestone) -> Iterator[Finding]:
    if milestone.read_more and not milestone.read_more_url:
        sentence = _("It ends in “Read more”, and there is no address: the link is left out.")
        yield warning("read-more", "read_more_url", sentence)
    yield from secure(milestone.read_more_url, "read_more_url")


def sources_of(record) -> Iterator[Finding]:
    for source in record.sources.all():
        yield from secure(source.url, "sources")


def title_of(milestone: Milestone) -> Iterator[Finding]:
    if milestone.siblings().filter(title__iexact=milestone.title).exists():
        yield warning("title-twice", "title", _("Another milestone of this city has this title."))


def name_of(record) -> Iterator[Finding]:
    if record.siblings().filter(name__iexact=record.name).exists():
        yield warning("name-twice", "name", _("Another record has this name: is it the same?"))


def date_of_event(event: Event) -> Iterator[Finding]:
    if not event.date:
        yield warning("no-date", "date", _("It has no date: it stands last in lists by year."))
    elif not event.date_source:
        sentence = _("Nothing says where its date was read: name the source.")
        yield warning("no-date-source", "date_source", sentence)
    if event.parent and event.reading and not event.reading.touches(event.parent.reading):
        sentence = _("Its date lies outside %(event)s, of which it is a part.")
        yield warning("parent-date", "date", sentence, event=name_if_public(event.parent))


def journey_of(city: City) -> Iterator[Finding]:
    if not city.milestones.exists():
        yield warning("no-milestones", "name", _("It has no milestones: its journey is empty."))


def name_if_public(event: Event) -> str:
    """An event's name, unless it is a draft, which may be another region's."""
    return event.name if event.is_public else _("an event that is not public yet")


def secure(address: str, field: str) -> Iterator[Finding]:
    if address.startswith("http://"):
        sentence = _("The address %(address)s is not https: readers' lines may be listened to.")
        yield warning(f"http-{address}"[:120], field, sentence, address=address)


OF_MILESTONES = (
    *(themes_of, quotes_of, date_of, order_of, events_of),
    *(address_of_read_more, sources_of, title_of),
)
OF_CITIES = (journey_of, name_of, sources_of)
OF_EVENTS = (name_of, date_of_event, sources_of)
OF_INITIATIVES = (name_of, sources_of)
