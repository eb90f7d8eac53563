# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where IT installs, everything is shown and nothing is installed from here."""

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.update_settings import ASK, AUTOMATIC, MANAGED, OWN_INSTALL, OWN_NOTIFY, OWN_OFF
from connection_client.updates.modes import PolicyByMode
from connection_client.updates.policy import Rule, UpdatePolicy

OWN = UpdatePolicy((Rule("viewer", minimum_age_days=3),), "pilot")


class Source:
    def current(self) -> UpdatePolicy:
        return OWN

    def refresh(self) -> None:
        raise AssertionError("nobody asked for it")


def test_the_organisation_s_policy_holds_unless_it_installs_by_its_own_means() -> None:
    assert PolicyByMode(Source(), lambda: ASK).current() == OWN
    assert PolicyByMode(Source(), lambda: AUTOMATIC).current() == OWN


def test_everything_is_on_hold_where_it_does() -> None:
    policy = PolicyByMode(Source(), lambda: MANAGED).current()
    assert policy.ring == "pilot"
    assert policy.rule_of("viewer").on_hold
    assert policy.rule_of("anything").on_hold


def own(setting: str, mode: str = ASK) -> Rule:
    return PolicyByMode(Source(), lambda: mode, lambda: setting).current().rule_of(OWN_PRODUCT)


def test_the_client_s_own_update_is_installed_only_shown_or_not_even_that() -> None:
    assert (own(OWN_INSTALL).on_hold, own(OWN_INSTALL).hidden) == (False, False)
    assert (own(OWN_NOTIFY).on_hold, own(OWN_NOTIFY).hidden) == (True, False)
    assert own(OWN_OFF).hidden
    assert own(OWN_OFF, MANAGED).hidden
    assert own(OWN_INSTALL, MANAGED).on_hold


def test_other_applications_follow_their_own_rules() -> None:
    policy = PolicyByMode(Source(), lambda: ASK, lambda: OWN_OFF).current()
    assert (policy.rule_of("viewer"), policy.ring) == (OWN.rules[0], "pilot")
