# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who the person is: sign in, sign out, renew the session, ask for a password; imports only domain."""
