# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The main job shown on one machine: the Center, the client and the six steps; starts programs, imports none of them."""
