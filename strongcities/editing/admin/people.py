"""Staff: who is in which group, works in which regions; and what the groups may do."""

from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strongcities.direction import listed
from strongcities.editing.admin.audit import LoggedAdmin
from strongcities.editing.admin.forms import NamedFormSet
from strongcities.numbers import whole_number
from strongcities.staff import audit, mails, roles, second_factor
from strongcities.staff.models import HubAssignment
from strongcities.staff.sentences import coded, stored, worded

admin.site.unregister([User, Group])
# Secrets and sessions are for nobody to read: none of them has a page in the admin.
admin.site.unregister([EmailAddress, Authenticator, UserSession])

# Where an account is deleted Django names these rows "User-group relationship: User_groups object".
for ties, one, several, name in (
    (User.groups.through, _("group of an account"), _("groups of an account"), "group"),
    (User.user_permissions.through, _("own right"), _("own rights"), "permission"),
):
    ties._meta.verbose_name, ties._meta.verbose_name_plural = one, several
    ties.__str__ = lambda row, name=name: str(getattr(row, name))

ONLY_SUPERUSERS = ("is_superuser", "user_permissions")
REACHED_BY = ("username", "password", "email")  # who decides these signs in as the person
GOVERNED = ("is_active", "is_staff", "groups")  # by who may give the person's rights

Rights = dict[str, set[str]]  # what they are, as "groups", and their names


class RightsAdmin(LoggedAdmin):
    """Tells the log which rights were given and taken, as `rights_of()` names them."""

    def save_model(self, request, obj, form, change):
        stored = self.model._base_manager.get(pk=obj.pk) if change else None
        request.record_before = stored
        request.rights_before = self.rights_of(stored) if stored else {}
        super().save_model(request, obj, form, change)

    def sentence(self, request, record, message):
        words = super().sentence(request, record, message)
        before = getattr(request, "rights_before", None)
        if before is None:
            return words
        return stored(words, *given_and_taken(before, self.rights_of(record)))


def given_and_taken(before: Rights, after: Rights) -> list[str]:
    sentences = []
    for kind, names in after.items():
        given, taken = names - before.get(kind, set()), before.get(kind, set()) - names
        words = [f"+ {name}" for name in sorted(given)] + [f"− {name}" for name in sorted(taken)]
        if words:
            sentences.append(f"{kind}: {', '.join(words)}.")
    return sentences


class HubAssignmentInline(admin.StackedInline):
    """The regions of a hub editor; whoever decides an account's groups decides these."""

    model = HubAssignment
    formset = NamedFormSet
    extra = 0

    def has_add_permission(self, request, obj=None):
        return obj is None or roles.governs(request.user, obj)

    def has_view_permission(self, request, obj=None):
        """Where nothing may be given, only what has been."""
        return self.has_add_permission(request, obj) or obj.hub_assignments.exists()

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(User)
class StaffAdmin(RightsAdmin, UserAdmin):
    """Accounts. Administrators do not meet those of superusers, nor decide their own rights."""

    change_form_template = "admin/staff/user_change_form.html"
    list_display = [
        "username",
        "full_name",
        "email",
        "in_groups",
        "in_regions",
        "is_active",
        "last_login",
    ]
    list_filter = ["is_active", "is_staff", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["user_permissions"]
    inlines = [HubAssignmentInline]

    def get_queryset(self, request):
        accounts = super().get_queryset(request)
        accounts = accounts.prefetch_related("groups", "hub_assignments__region")
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "queryset": self.groups_to_choose(request)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def groups_to_choose(self, request):
        """Those that a user may give, and that the account has: these may be taken."""
        kwargs = request.resolver_match.kwargs if request.resolver_match else {}
        account = whole_number(kwargs.get("object_id", ""))
        held = Q(pk__in=[]) if account is None else Q(user__pk=account)
        to_give = Q(pk__in=roles.groups_to_give(request.user).values("pk"))
        return Group.objects.filter(to_give | held).distinct()

    def user_change_password(self, request, id, form_url=""):
        account = self.get_object(request, unquote(id))
        if account == request.user and self.has_change_permission(request, account):
            return redirect("account_change_password")  # which asks for the old one
        if account is not None and not self.may_set_password(request.user, account):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def may_set_password(self, user, account) -> bool:
        return user == account or roles.may_take_over(user, account)

    # Help for somebody who cannot log in

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_help"] = obj is not None and self.may_help(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_help(self, request, account) -> bool:
        allowed = self.has_change_permission(request, account)
        is_own = account.pk == request.user.pk
        return allowed and not is_own and roles.may_take_over(request.user, account)

    def login_help(self, request, object_id):
        """Forgets a lost second factor, mails the way to a password."""
        account = self.get_object(request, unquote(object_id))
        if account is None:
            raise Http404
        if not self.may_help(request, account):
            raise PermissionDenied
        if request.method == "POST":
            self.help(request, account)
            return HttpResponseRedirect(self.address("change", account))
        context = {
            "title": gettext("Help %(who)s to log in") % {"who": account.get_username()},
            "original": account,
            "has_one": second_factor.has_one(account),
            "mail_is_set_up": settings.MAIL_IS_SET_UP,
        }
        return self.own_page(request, "admin/staff/login_help.html", context)

    own_pages = [("<path:object_id>/login-help/", "login_help", login_help)]

    def help(self, request, account) -> None:
        if "invite" in request.POST and account.email:
            mails.later(request_password_reset, request, account.email, [account], None)
            audit.note(request.user, "invited", account, coded("invited"))
            self.message_user(request, gettext("The mail is on its way."), messages.SUCCESS)
        elif "reset" in request.POST and second_factor.reset(account, request.user):
            sentence = gettext("The second factor is forgotten: the next login sets it up anew.")
            self.message_user(request, sentence, messages.SUCCESS)

    # What is told and shown

    def note(self, request, action, record, message):
        """The person is told what somebody else changed, at the address that they had before."""
        super().note(request, action, record, message)
        if message != [] and record.pk != request.user.pk:
            account = getattr(request, "record_before", None) or record
            deleted = coded("deleted", record=record.get_username())
            said = deleted if action == "deleted" else self.sentence(request, record, message)
            mails.tell(account, worded(said), request.user)

    def get_fieldsets(self, request, obj=None):
        hidden = () if request.user.is_superuser else ONLY_SUPERUSERS
        return [
            (title, options | {"fields": [f for f in options["fields"] if f not in hidden]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request, obj=None):
        names = list(super().get_readonly_fields(request, obj))
        if obj is None:
            return names
        if not self.may_set_password(request.user, obj):
            names += REACHED_BY
        if not roles.governs(request.user, obj):
            names += GOVERNED
        return names

    def rights_of(self, record) -> Rights:
        account = User.objects.get(pk=record.pk)
        flags = {"active": account.is_active, "staff": account.is_staff}
        flags["superuser"] = account.is_superuser
        return {
            gettext("name"): {account.username},
            gettext("account"): {flag for flag, is_set in flags.items() if is_set},
            gettext("groups"): {group.name for group in account.groups.all()},
            gettext("regions"): {str(given.region) for given in account.hub_assignments.all()},
            gettext("own permissions"): names_of(account.user_permissions),
        }

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, obj):
        return obj.get_full_name() or "–"

    @admin.display(description=_("groups"))
    def in_groups(self, obj):
        return listed(group.name for group in obj.groups.all()) or "–"

    @admin.display(description=_("regions"))
    def in_regions(self, obj):
        return listed(given.region for given in obj.hub_assignments.all()) or "–"


class PermissionsField(ModelMultipleChoiceField):
    """Permissions by what they allow, without the names of apps."""

    def label_from_instance(self, obj):
        return gettext(obj.name)


@admin.register(Group)
class RoleAdmin(RightsAdmin, GroupAdmin):
    """Groups. Those that come with the portal keep their names."""

    fields = ["name", "permissions"]

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or roles.may_change_group(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.name not in roles.BUILT_IN)

    def get_readonly_fields(self, request, obj=None):
        return ["name"] if obj is not None and obj.name in roles.BUILT_IN else []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            kwargs["queryset"] = roles.grantable(request.user)
            if not request.user.is_superuser:  # who sees those of ours alone
                kwargs |= {"form_class": PermissionsField, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def rights_of(self, record) -> Rights:
        group = Group.objects.get(pk=record.pk)
        return {gettext("name"): {group.name}, gettext("permissions"): names_of(group.permissions)}


def names_of(permissions) -> set[str]:
    rows = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}
