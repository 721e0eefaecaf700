"""For lost telephones where no administrator can get in either."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from strongcities.staff import second_factor


class Command(BaseCommand):
    help = "Forgets the second factor of an account: the next login sets it up anew."

    def add_arguments(self, parser):
        parser.add_argument("user", help="the user name")

    def handle(self, *args, user, **options):
        account = get_user_model().objects.filter(username=user).first()
        if account is None:
            raise CommandError(f"There is no account “{user}”.")
        if second_factor.reset(account):
            self.stdout.write(f"The second factor of “{user}” is forgotten.")
        else:
            self.stdout.write(f"“{user}” has no second factor.")
