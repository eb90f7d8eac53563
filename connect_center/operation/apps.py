# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "connect_center.operation"
    label = "operation"
