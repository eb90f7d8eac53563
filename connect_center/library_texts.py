# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Texts of libraries that people meet here, and that the libraries do not have in every language."""

from django.utils.translation import ngettext_lazy

TOO_SHORT = ngettext_lazy(  # django.contrib.auth.password_validation; every form has to say the number
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
