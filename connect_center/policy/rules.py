# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's decisions as the rules that clients follow. docs/policy-api.md describes them."""

from dataclasses import dataclass, replace

from connect_center.organisations.models import Organisation
from connect_center.policy.models import ProductPolicy, UpdatePolicy

EVERY_PRODUCT = "*"


@dataclass(frozen=True)
class Window:
    """Hours of local time (HH:MM) on some days of the week, from Monday, 0."""

    begins: str
    ends: str
    days: list[int]


@dataclass(frozen=True)
class Rule:
    """Complete in itself: what an application does not override is repeated in its rule."""

    product: str
    on_hold: bool
    minimum_age_days: int
    rings: dict[str, int]
    window: Window | None
    deadline_days: int | None


def policy_of(organisation: Organisation) -> UpdatePolicy:
    """What holds for all applications; not saved yet where nobody decided."""
    return UpdatePolicy.objects.filter(organisation=organisation).first() or UpdatePolicy(
        organisation=organisation
    )


def rules(organisation: Organisation) -> list[Rule]:
    """The rule for all applications, then those of single ones by product id."""
    policy = policy_of(organisation)
    for_all = Rule(
        product=EVERY_PRODUCT,
        on_hold=not policy.allows,
        minimum_age_days=policy.minimum_age_days,
        rings=dict(sorted(policy.rings.items())),
        window=_window(policy),
        deadline_days=policy.deadline_days,
    )
    decided = ProductPolicy.objects.filter(organisation=organisation).select_related("product")
    return [for_all, *(_overridden(for_all, one) for one in decided.order_by("product__code"))]


def _overridden(rule: Rule, own: ProductPolicy) -> Rule:
    age, deadline = own.minimum_age_days, own.deadline_days
    return replace(
        rule,
        product=own.product.code,
        on_hold=not own.allows,
        minimum_age_days=rule.minimum_age_days if age is None else age,
        deadline_days=rule.deadline_days if deadline is None else deadline,
    )


def _window(policy: UpdatePolicy) -> Window | None:
    if policy.window_begins is None or policy.window_ends is None:
        return None
    return Window(
        begins=f"{policy.window_begins:%H:%M}",
        ends=f"{policy.window_ends:%H:%M}",
        days=sorted(map(int, policy.window_days)),
    )
