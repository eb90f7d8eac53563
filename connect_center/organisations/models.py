# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Organisations, memberships, roles, requests for roles, and the record of decisions."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop


class Role(models.TextChoices):
    """What an Account Administrator can grant; the values are the names the guide uses."""

    DOWNLOAD = "Product Delivery - Download", "Product Delivery - Download"  # a name, in every language


class Organisation(models.Model):
    """A customer. Its fulfilment contact is named by the contract."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    country = models.CharField(_("country"), max_length=2)
    fulfilment_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    suspended = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A mail domain of an organisation; `approves` lets people with such an address in at once.

    With an `identity_provider` of the organisation, its people sign in there and nowhere else.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253, unique=True)
    approves = models.BooleanField(default=False)
    identity_provider = models.ForeignKey(
        "socialaccount.SocialApp", null=True, blank=True, on_delete=models.SET_NULL, related_name="domains"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """How a user stands to the one organisation he or she belongs to."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        WAITING = "waiting", _("Waiting for approval")
        SUSPENDED = "suspended", _("Suspended")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    is_administrator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user} at {self.organisation}: {self.state}"

    @property
    def is_active(self) -> bool:
        """Active in an organisation that is itself not suspended."""
        return self.state == self.State.ACTIVE and not self.organisation.suspended


class Invitation(models.Model):
    """A mail that was sent to somebody whom an administrator registered; its link names it by `id`, signed.

    Each mail is an invitation of its own, and a person has at most one that was not ended. Signing in accepts
    it; who comes after `expires_at` waits for an administrator.
    """

    class End(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REPLACED = "replaced", _("Sent again")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    end = models.CharField(max_length=10, choices=End.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(end=""), name="one_open_invitation_per_user"
            )
        ]
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.user}, until {self.expires_at}"

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at <= timezone.now()


class RoleGrant(models.Model):
    """A role that an administrator gave to a member."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=60, choices=Role.choices)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return f"{self.membership.user}: {self.role}"


class RoleRequest(models.Model):
    """A member asks for a role; an administrator approves or declines."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=60, choices=Role.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"],
                condition=models.Q(state="open"),
                name="one_open_request_per_role",
            )
        ]
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.membership.user}: {self.role}, {self.state}"


class Import(models.Model):
    """A file of people that is added part by part; `done` and `told` count lines, and only ever grow.

    Whichever process sets `worker` works on it until `busy_until`, and anybody may take it over after that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    center = models.URLField()
    language = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    untold = models.PositiveIntegerField(default=0)
    worker = models.UUIDField(null=True)
    busy_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(finished_at=None), name="one_import_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.done} of {self.total}"


class AuditEntry(models.Model):
    """Who decided what, in words that stay true when users are renamed or removed."""

    class Action(models.TextChoices):
        REGISTERED = "registered", _("registered")
        ADDED = "added", _("added")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("resumed")
        REMOVED = "removed", _("removed")
        ASKED = "asked", _("asked for a role")
        GRANTED = "granted", _("granted")
        WITHDREW = "withdrew", _("withdrew")
        MADE_ADMINISTRATOR = "made-administrator", _("made Account Administrator")
        MADE_MEMBER = "made-member", _("made an ordinary user")
        CHANGED_POLICY = "changed-policy", _("changed the update policy")
        INVITED_AGAIN = "invited-again", _("sent the invitation again")
        WITHDREW_INVITATION = "withdrew-invitation", _("withdrew the invitation of")
        ACCEPTED = "accepted", _("accepted the invitation")
        CAME_TOO_LATE = "came-too-late", _("came after the invitation had ended")

    ALL_APPLICATIONS = noop("all applications")  # kept in English, shown in the reader's language

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="audit")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=320)
    action = models.CharField(max_length=30, choices=Action.choices)
    subject = models.CharField(max_length=320)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.subject}"

    @property
    def subject_told(self) -> str:
        """Whom or what it was about, in the reader's language where it is no name."""
        return gettext(self.subject) if self.subject == self.ALL_APPLICATIONS else self.subject
