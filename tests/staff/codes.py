"""What the app on a member of staff's telephone would show, and sessions that have passed it."""

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from strongcities.staff import second_factor
from strongcities.staff.models import RecoveryDevice

KEY = "3132333435363738393031323334353637383930"


def give_device(user, key: str = KEY) -> list[str]:
    """Set a second factor up for an account; its recovery codes."""
    TOTPDevice.objects.create(user=user, name="app", key=key)
    return RecoveryDevice.objects.create(user=user, name="recovery codes").renew()


def code_of(key: str = KEY) -> str:
    """What an app shows now."""
    return f"{TOTP(bytes.fromhex(key)).token():06d}"


def wrong_code(key: str = KEY) -> str:
    """Six digits that no app shows within minutes of now."""
    shown = {TOTP(bytes.fromhex(key), drift=steps).token() for steps in range(-9, 10)}
    return next(f"{number:06d}" for number in range(100) if number not in shown)


def later(user) -> None:
    """As if so much time had passed that the app shows another code, and every pause is over."""
    for devices in (TOTPDevice.objects.filter(user=user), RecoveryDevice.objects.filter(user=user)):
        devices.update(throttling_failure_timestamp=None)
    TOTPDevice.objects.filter(user=user).update(last_t=-1, drift=0)


def log_in_with_code(client, user) -> None:
    """A session that gave both; the second factor has to be on."""
    if second_factor.device_of(user) is None:
        give_device(user)
    client.force_login(user)
    later(user)
    response = client.post("/admin/second-factor/code/", {"code": code_of()})
    assert response.status_code == 302, response.content.decode()
    later(user)
