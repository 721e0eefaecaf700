"""What was typed is not lost: a form that cannot be taken is handed back, as text to copy.

And `unsaved.js` is told which words that a browser keeps have become needless.
"""

import re
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import models
from django.forms import Form
from django.forms.utils import pretty_name
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import capfirst

MOST_CHARACTERS = 500_000
MOST_FIELDS = 300
SECRET = re.compile("passw|token|secret")
NOT_TYPED = re.compile(
    r"_.*|code|credential|email|login|username|seen|unsaved|off_the_site_until|next|action|post|.+_FORMS"
)
ROW = re.compile(r"(?P<part>\w+)-(?P<number>\d{1,4})-(?P<name>\w+)")
HALF = re.compile("_[01]$")  # of a moment: the day and the time are fields of their own
FORM_NAME = re.compile("[a-z0-9]{8,24}")  # made up by its script
CHOSEN = (models.BooleanField, models.FileField, models.AutoField)

Model = type[models.Model]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form from before a sign-in in another window; what other sites send is not shown."""
    return refused(request, handed_back(request))


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """For a form that arrives after its editor's session has ended; None if it holds no words."""
    context = handed_back(request)
    if not context.get("words"):
        return None
    query = urlencode({"next": context["form_url"]})
    context["log_in_url"] = f"{reverse('admin:login')}?{query}"
    return refused(request, context)


def refused(request: HttpRequest, context: dict) -> HttpResponse:
    response = render(request, "handed_back.html", context, status=403)
    add_never_cache_headers(response)
    return response


def handed_back(request: HttpRequest) -> dict:
    """What was typed, where the browser says that a page of this very site sent it."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not is_address_of_ours(request, sender):
        return {}
    return typed(request) | {"form_url": form_url(request)}


def typed(request: HttpRequest) -> dict:
    """As pages print it: words by their labels, whether there were more, and names of files."""
    words, is_cut = words_posted(request)
    files = [file.name for file in request.FILES.values()]
    return {"words": words, "is_cut": is_cut, "files": files}


# Where it came from


def is_address_of_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.netloc == request.get_host() and parts.scheme in (request.scheme, "https")


def form_url(request: HttpRequest) -> str:
    """Where the form stood: the page that sent it, else the address that it was sent to."""
    sender = request.headers.get("Referer", "")
    if not is_address_of_ours(request, sender):
        return request.get_full_path()
    return "/" + urlsplit(sender)._replace(scheme="", netloc="", fragment="").geturl().lstrip("/")


# What was typed


def words_posted(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """Label and text of what was typed, and whether there was more than a page can hold."""
    owner, left, words = owner_of(request), MOST_CHARACTERS, []
    model, fields = getattr(owner, "model", None), getattr(owner, "form", Form).declared_fields
    for name, text in request.POST.items():
        own = fields[name].label if name in fields else None
        label = own or label_of(model, name, text)
        if label is None or not text.strip() or SECRET.search(name):
            continue
        if left <= 0 or len(words) == MOST_FIELDS:
            return words, True
        words.append((str(label), text[:left]))
        left -= len(text)
    return words, left < 0


def owner_of(request: HttpRequest):
    """The ModelAdmin whose form was sent, if it was one's."""
    view = getattr(request.resolver_match, "func", None)
    inner = getattr(view, "__wrapped__", None)
    return getattr(view, "model_admin", None) or getattr(inner, "__self__", None)


def label_of(model: Model | None, name: str, text: str) -> str | None:
    """What a field is called on the screen; None for what was not typed, but chosen."""
    row = ROW.fullmatch(name)
    part = part_of(model, row["part"]) if model and row else None
    if part:
        label = label_of(part, row["name"], text)
        return label and f"{capfirst(part._meta.verbose_name)} {int(row['number']) + 1}: {label}"
    columns = {one.name: one for one in model._meta.concrete_fields} if model else {}
    column = columns.get(HALF.sub("", name))
    if column is not None:
        is_chosen = column.choices or column.is_relation or isinstance(column, CHOSEN)
        return None if is_chosen else str(capfirst(column.verbose_name))
    is_typed = not (NOT_TYPED.fullmatch(name) or text.isdigit() or text == "on")
    return pretty_name(re.sub(r"\W", " ", name)) if is_typed else None


def part_of(model: Model, name: str) -> Model | None:
    """The kind of the rows that belong to a record under this name."""
    related = model._meta.related_objects
    return next((one.related_model for one in related if one.get_accessor_name() == name), None)


# Kept by the browser


def tell_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The form of this request is saved, or kept as a proposal: its words are to be forgotten."""
    name = request.POST.get("unsaved", "")
    return tell(response, f"unsaved-form-{name}") if FORM_NAME.fullmatch(name) else response


def tell_signed_out(person: int, response: HttpResponse) -> HttpResponse:
    """All that this person has typed on this machine is to be forgotten."""
    return tell(response, f"unsaved-person-{person}")


def tell(response: HttpResponse, cookie: str) -> HttpResponse:
    """Until a script reads it, which is on the next page of the admin."""
    options = {"path": reverse("admin:index"), "max_age": 24 * 60 * 60, "samesite": "Lax"}
    response.set_cookie(cookie, "1", secure=settings.SESSION_COOKIE_SECURE, **options)
    return response
