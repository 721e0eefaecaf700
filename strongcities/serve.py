"""python -m strongcities.serve ...: granian, whose workers start from what is loaded here once."""

import gc

from django.urls import reverse
from granian.cli import entrypoint

import strongcities.wsgi  # noqa: F401

if __name__ == "__main__":
    reverse("home")  # loads the views too
    gc.freeze()
    entrypoint()
