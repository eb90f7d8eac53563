# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications whose own services accept a token of the Center, once the person has agreed."""
