# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The main job shown on one machine, in six steps; starts the two programs and imports neither."""
