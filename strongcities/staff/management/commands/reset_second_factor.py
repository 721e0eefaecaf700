"""For lost telephones where no administrator can get in either."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from strongcities.staff import second_factor


class Command(BaseCommand):
    help = "Forgets the second factor of an account: the next login sets it up anew."

    def add_arguments(self, parser):
        parser.add_argument("user", help="the user name")

    def handle(self, *args, user, **options):
        users = get_user_model()
        try:
            account = users.objects.get_by_natural_key(user)
        except users.DoesNotExist as error:
            raise CommandError(f"There is no account “{user}”.") from error
        if second_factor.reset(account):
            self.stdout.write(f"The second factor of “{user}” is forgotten.")
        else:
            self.stdout.write(f"“{user}” has no second factor.")
