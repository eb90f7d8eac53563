# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run windows-desktop [OUT]`: the installed client on Qt's own `windows` platform, under Wine 10.

Wine 8 of Debian 12 cannot show Qt's windows, so a Debian 13 is made below build/windows-desktop and kept.
In it runs Wine with its own desktop and task bar; beside it, in the same network of their own, a real Center.
"""
