# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Addresses for programs that watch the Center. Those of health are answered by a middleware."""

from django.urls import path

from connect_center.operation.metrics import metrics

urlpatterns = [path("metrics", metrics, name="metrics")]
