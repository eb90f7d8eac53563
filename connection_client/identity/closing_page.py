# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The last page that the browser shows; it loads nothing and runs nothing."""

from html import escape

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif;
  background: #fafaf9; color: #1b1d1f }}
body {{ display: grid; place-content: center; justify-items: center; min-height: 80vh; margin: 0 1.5rem;
  text-align: center }}
svg {{ color: #0b6e6e; margin-bottom: 1rem }}
h1 {{ font-size: 1.25rem; font-weight: 600; margin: 0 0 .5rem }}
p {{ margin: 0; max-width: 34rem; color: #55595d }}
@media (prefers-color-scheme: dark) {{
  :root {{ background: #1b1d1f; color: #f2f2f0 }} svg {{ color: #4fb8b3 }} p {{ color: #b4b8bb }}
}}
</style>
<svg width="48" height="48" viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="5"
  stroke-linecap="round" aria-hidden="true"><path d="M36 13.5a16 16 0 1 0 0 21"/><path d="M25 24h15"/></svg>
<h1>{title}</h1>
<p>{text}</p>
"""


def closing_page(title: str, text: str) -> bytes:
    """The page with a title and one sentence, both shown as text."""
    return _PAGE.format(title=escape(title), text=escape(text)).encode()
