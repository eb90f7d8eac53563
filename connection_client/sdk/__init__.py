# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an SES application imports to ask the client; standard library only, nothing of ours."""
