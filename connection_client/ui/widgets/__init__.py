# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The parts that pages are made of; they know texts and colours, and nothing of the services."""
