# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page on which Account Administrators decide about updates, strictly for their own organisation."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from connect_center.organisations.access import administrator_required
from connect_center.organisations.models import AuditEntry, Membership
from connect_center.policy.forms import PolicyForm, ProductPolicyForm
from connect_center.policy.models import ProductPolicy
from connect_center.policy.rules import policy_of


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def policy(request: HttpRequest, own: Membership) -> HttpResponse:
    """/policy/: what holds for all applications; single ones are listed below."""
    form = PolicyForm(request.POST or None, instance=policy_of(own.organisation))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            _record(own, AuditEntry.ALL_APPLICATIONS)
        messages.success(
            request, _("The update policy is saved. Computers follow it after their next check.")
        )
        return redirect("policy")
    return _page(request, own, form, ProductPolicyForm(own.organisation))


@require_POST
@administrator_required
def decide(request: HttpRequest, own: Membership) -> HttpResponse:
    """POST /policy/applications/: a decision for one application."""
    form = ProductPolicyForm(own.organisation, request.POST)
    if not form.is_valid():
        return _page(request, own, PolicyForm(instance=policy_of(own.organisation)), form)
    with transaction.atomic():
        kept = form.keep()
        _record(own, kept.product.name)
    messages.success(request, _("The decision for %(name)s is saved.") % {"name": kept.product.name})
    return redirect("policy")


@require_POST
@administrator_required
def remove(request: HttpRequest, own: Membership, code: str) -> HttpResponse:
    """POST /policy/applications/…/remove/: the application follows the policy for all again."""
    found = get_object_or_404(ProductPolicy, organisation=own.organisation, product__code=code)
    name = found.product.name
    with transaction.atomic():
        found.delete()
        _record(own, name)
    messages.success(request, _("%(name)s follows the policy for all applications again.") % {"name": name})
    return redirect("policy")


def _page(
    request: HttpRequest, own: Membership, form: PolicyForm, application: ProductPolicyForm
) -> HttpResponse:
    context = {
        "own": own,
        "form": form,
        "application": application,
        "decisions": own.organisation.product_policies.select_related("product"),
    }
    return render(request, "policy/policy.html", context)


def _record(own: Membership, subject: str) -> None:
    AuditEntry.objects.create(
        organisation=own.organisation,
        actor=str(own.user),
        action=AuditEntry.Action.CHANGED_POLICY,
        subject=subject,
    )
