# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from connect_center.delivery import files, pages, signed_lists

urlpatterns: list[URLPattern] = [
    path("downloads/", pages.downloads, name="downloads"),
    path("downloads/ask/", pages.ask_for_role, name="ask_for_role"),
    path("delivery/files/<path:path>", files.package_file, name="package_file"),
    path("tuf/metadata/<str:name>", signed_lists.metadata_file, name="tuf_metadata"),
    path("tuf/targets/<path:path>", signed_lists.target_file, name="tuf_target"),
]
