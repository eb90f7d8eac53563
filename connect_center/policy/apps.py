# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "connect_center.policy"
    label = "policy"
