"""What every answer has in common: headers, compression, no leftovers."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import MiddlewareNotUsed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _

from strongcities.editing.picture_files import forget
from strongcities.numbers import whole_number
from strongcities.operations.logs import id_from, request_id
from strongcities.pagecache import replica
from strongcities.pagecache.wsgi import NEVER
from strongcities.pictures.names import TYPES
from strongcities.pictures.storing import pictures_written

LONGEST_BODY = 64 * 1024  # of what is posted to sign in
LONGEST_FORM = 25 * 1024**2  # of what staff post, with a picture; as in deploy/nginx.conf
NOT_BOUNDED = (*NEVER, "/healthz", "/readyz")  # staff wait; machines ask without a database
PACKED_ALREADY = (*TYPES.values(), "image/png", "application/zip")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Handler = Callable[[HttpRequest], HttpResponse]


def request_ids(get_response: Handler) -> Handler:
    """Tell the log which request its lines are of, and whoever meets an error how to name it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id.set(id_from(request.headers.get("X-Request-ID", "")))  # Django logs afterwards
        response = get_response(request)
        if response.status_code >= 400:  # others are kept for everybody
            response.headers["X-Request-ID"] = request_id.get()
        return response

    return middleware


def isolation_headers(get_response: Handler) -> Handler:
    """Keep other sites from using our answers, and our pages from using the device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class GZipTextMiddleware(GZipMiddleware):
    """Compresses what is not compressed already: not pictures, not the archive."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.headers.get("Content-Type") in PACKED_ALREADY:
            return response
        return super().process_response(request, response)


class NamesOnly(FileUploadHandler):
    """Writes no file; its name is told to an editor whose session has ended."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.file_name, b"")


def bounded_bodies(get_response: Handler) -> Handler:
    """Read nothing that is longer than any form of ours, and files only from who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
        if length is None or length > longest(request):
            text = _("This is more than the portal takes at once.")
            return HttpResponse(f"{text}\n", content_type="text/plain", status=413)
        if length and SESSION_KEY not in request.session:
            request.upload_handlers = [NamesOnly(request)]
        return get_response(request)

    return middleware


def longest(request: HttpRequest) -> int:
    """How many bytes may be posted to an address."""
    path = request.path_info
    is_form = path.startswith("/admin/") and not path.startswith("/admin/account/")
    return LONGEST_FORM if is_form else LONGEST_BODY


def picture_files(get_response: Handler) -> Handler:
    """Delete the pictures of a save that failed or was undone, unless something names them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with pictures_written() as names:
            response = get_response(request)
        forget(names)
        return response

    return middleware


def bounded_queries(get_response: Handler) -> Handler:
    """Have PostgreSQL end a query of a public page that takes too long, as `server_error` tells.

    The bound holds within a transaction, which PgBouncer too keeps on one connection.
    """
    if connection.vendor != "postgresql" or not settings.LONGEST_QUERY_MS:
        raise MiddlewareNotUsed
    bound = f"SET LOCAL statement_timeout = {settings.LONGEST_QUERY_MS:d}"

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(NOT_BOUNDED):
            return get_response(request)
        alias = replica.alias()
        with transaction.atomic(using=alias), connections[alias].execute_wrapper(first(bound)):
            return get_response(request)

    return middleware


def first(statement: str) -> Callable:
    """Send a statement with the first query of a transaction, and none where there is no query."""
    is_sent = False

    def wrapper(execute, sql, params, many, context):
        nonlocal is_sent
        if is_sent:
            return execute(sql, params, many, context)
        is_sent = True
        if context["cursor"].cursor.name:  # of the server, which takes one query alone
            context["connection"].cursor().execute(statement)
            return execute(sql, params, many, context)
        return execute(f"{statement}; {sql}", params, many, context)

    return wrapper
