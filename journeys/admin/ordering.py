"""A city's milestones on its screen, in the order told; changing the order, one in the middle."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys import ordering
from journeys.models import Milestone
from members.models import City
from strongcities.direction import filled
from strongcities.editing import locks
from strongcities.editing.admin.audit import LoggedAdmin
from strongcities.numbers import whole_number
from strongcities.staff import access

STATUS = {ordering.MEANWHILE: 409, ordering.NOT_THEIRS: 403}


class OrderAdmin(LoggedAdmin):
    """For the admin of cities: a city's milestones on its screen, in the order told."""

    change_form_template = "admin/journeys/order/change_form.html"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and may_look(request.user):
            context["order"] = order_of(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def order_view(self, request, object_id):
        """The list alone; saved from here and from the city's screen."""
        city = self.get_object(request, unquote(object_id))
        if city is None:
            raise Http404
        if not self.has_view_or_change_permission(request, city) or not may_look(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return self.order_page(request, city)
        if not ordering.movable(request.user, ordering.visible_milestones(request.user, city)):
            raise PermissionDenied
        try:
            return locks.tried_twice(partial(self.save_order, request, city))
        except ValidationError as error:
            return self.order_page(request, city, error)
        except City.DoesNotExist as gone:  # deleted while this waited
            raise Http404 from gone

    own_pages = [("<path:object_id>/order/", "order", order_view)]

    def save_order(self, request, city):
        """Raises ValidationError in words; then nothing is saved."""
        seen = seen_in(request.POST)
        places = places_in(request.POST, seen)
        moved = ordering.reorder(request.user, city, seen, ordering.placed(seen, places))
        said = _("The order is saved.") if moved else _("The order was like this already.")
        self.message_user(request, said, messages.SUCCESS if moved else messages.INFO)
        return HttpResponseRedirect(reverse("admin:members_city_change", args=[city.pk]))

    def order_page(self, request, city, error: ValidationError | None = None):
        context = {
            "title": filled(_("Order of milestones: %(city)s"), {"city": city}),
            "original": city,
            "order": order_of(request, city, error),
        }
        status = STATUS.get(error.code, 409) if error else 200
        return self.own_page(request, "admin/journeys/order/page.html", context, status)


# What is shown


def may_look(user) -> bool:
    return access.may(user, "view", Milestone) or access.may(user, "change", Milestone)


def order_of(request, city: City, error: ValidationError | None = None) -> dict:
    """What the list prints; with an error what was wanted too.

    Each row is a milestone with its `place`, as its number or as typed, and with the address of a
    form for a new one right before it, to `insert`.
    """
    milestones = ordering.visible_milestones(request.user, city)
    movable = ordering.movable(request.user, milestones) if len(milestones) > 1 else set()
    *inserts, at_end = insert_addresses(request.user, city, milestones)
    for place, (row, insert) in enumerate(zip(milestones, inserts, strict=True), 1):
        row.place, row.insert, row.may_move = str(place), insert, row.pk in movable
    order = {
        "rows": milestones,
        "seen": " ".join(str(row.pk) for row in milestones),
        "address": reverse("admin:members_city_order", args=[city.pk]),
        "insert_at_end": at_end,
        "may_move": bool(movable),
        "may_move_all": len(movable) == len(milestones),
        "may_change": access.may(request.user, "change", Milestone),
        "errors": error.messages if error else [],
        "is_stale": bool(error) and error.code == ordering.MEANWHILE,
    }
    return order | (wanted_in(request.POST, milestones, order["is_stale"]) if error else {})


def insert_addresses(user, city: City, milestones: list[Milestone]) -> list[str]:
    """Before each milestone and at the end; empty where a user may add none.

    A new one gets the number of the one that it is told before, which moves on.
    """
    field = Milestone._meta.get_field("city")
    may_add = access.may(user, "add", Milestone)
    if not may_add or not access.choices(user, field).filter(pk=city.pk).exists():
        return [""] * (len(milestones) + 1)
    address = reverse("admin:journeys_milestone_add")
    places = [row.position for row in milestones]
    places.append(places[-1] + 1 if places else 1)
    return [f"{address}?{urlencode({'city': city.pk, 'position': place})}" for place in places]


def wanted_in(posted, rows: list[Milestone], is_stale: bool) -> dict:
    """What somebody wanted who could not have it: as typed, or held against the new order."""
    if not is_stale:
        for row in rows:
            row.place = posted.get(f"place:{row.pk}", row.place)
        return {}
    seen = seen_in(posted)
    now = {row.pk: row for row in rows}
    order = ordering.placed(seen, places_in(posted, seen, strict=False))
    wanted = ordering.merged(list(now), [pk for pk in order if pk in now], set(now))
    return {
        "wanted": [(now[pk], pk not in seen) for pk in wanted],
        "gone": len([pk for pk in seen if pk not in now]),
    }


# What comes back


def seen_in(posted) -> list[int]:
    """The order that was on the page, each once."""
    words = map(whole_number, posted.get("seen", "").split())
    return list(dict.fromkeys(filter(None, words)))


def places_in(posted, seen: list[int], strict: bool = True) -> dict[int, int]:
    """The numbers that were typed; what is past the end is the end.

    Raises ValidationError for what is no number; unless strict, it is passed over.
    """
    typed = {pk: posted[f"place:{pk}"].strip() for pk in seen if f"place:{pk}" in posted}
    places = {pk: whole_number(text) for pk, text in typed.items()}
    if strict and not all(places.values()):
        sentence = _("Write for each milestone its place: a whole number from 1 to %(last)s.")
        raise ValidationError(sentence % {"last": len(seen)})
    return {pk: min(place, len(seen)) for pk, place in places.items() if place}
