"""What proves a second factor is encrypted with the portal's secret key, or one of its old ones."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def box() -> MultiFernet:
    """Encrypts with the key of today; opens with each that is named in the settings."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(fernet_key(key)) for key in keys])


def fernet_key(secret: str) -> bytes:
    return urlsafe_b64encode(sha256(f"second factor {secret}".encode()).digest())


def encrypt(text: str) -> str:
    return box().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Raises cryptography's InvalidToken where the key that encrypted it is not named any more."""
    return box().decrypt(text.encode()).decode()
