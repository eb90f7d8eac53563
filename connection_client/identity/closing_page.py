# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The last page that the browser shows; it loads nothing and runs nothing."""

from html import escape

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }}
body {{ display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem; text-align: center }}
h1 {{ font-size: 1.5rem; font-weight: 600; margin: 0 0 .5rem }}
p {{ margin: 0; max-width: 34rem }}
</style>
<h1>{title}</h1>
<p>{text}</p>
"""


def closing_page(title: str, text: str) -> bytes:
    """The page with a title and one sentence, both shown as text."""
    return _PAGE.format(title=escape(title), text=escape(text)).encode()
