# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The six steps, each as a person does it; a step acts on the stage and raises where it cannot go on."""

from collections.abc import Callable

from demonstration.stage import Stage
from demonstration.steps import application, client, installation, productive, registration

STEPS: tuple[tuple[str, Callable[[Stage], None]], ...] = (
    ("administrator-registers-a-user", registration.administrator_registers_a_user),
    ("administrator-imports-users", registration.administrator_imports_users),
    ("individual-registration", registration.individual_registration),
    ("how-are-you-connected", registration.how_are_you_connected),
    ("download-refused-without-the-role", installation.refused_without_the_role),
    ("download-from-the-center", installation.download),
    ("install-brings-the-client-along", installation.install),
    ("client-in-the-tray", client.start_from_the_menu),
    ("window-from-the-icon", client.open_from_the_icon),
    ("forgot-your-password", client.ask_for_a_code),
    ("create-the-password", client.create_the_password),
    ("sign-in-in-the-browser", client.sign_in),
    ("applications-and-updates", application.see_the_update),
    ("update-downloads-and-installs", application.update),
    ("application-opens", application.open_it),
    ("help-and-forum", productive.forum),
    ("service-request", productive.service_request),
)
