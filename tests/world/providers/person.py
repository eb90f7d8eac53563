# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person with a browser: reads a provider's pages, fills their forms in, presses what agrees."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

_AGREEING = ("agree", "yes", "accept", "continue", "sign in", "log in", "allow", "confirm", "next")
_DECLINING = ("deny", "cancel", "decline")
_LEAVING = ("sign out", "sign me out", "log out", "logout", "yes", "continue")
_ADDRESS_FIELDS = ("login", "email", "username", "user_name")
_PASSWORD_FIELDS = ("password",)
_CODE_FIELDS = ("user_code", "code")
_CHOICES = ("checkbox", "radio", "image", "button")
_MOST_PAGES = 12


@dataclass
class _Field:
    name: str
    kind: str
    value: str


@dataclass
class _Form:
    name: str
    action: str
    method: str
    fields: list[_Field] = field(default_factory=list)
    buttons: list[_Field] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def holds(self, names: tuple[str, ...]) -> bool:
        return any(each.name in names and each.kind != "hidden" for each in self.fields)


class _Page(HTMLParser):
    """The forms of a page; a button outside its form names it by the attribute `form`."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._inside: _Form | None = None
        self._pressed: _Form | None = None
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = _Form(
                said.get("id", ""), said.get("action", ""), said.get("method", "get").lower()
            )
            self.forms.append(self._inside)
        form = next((each for each in self.forms if each.name == said.get("form", " ")), self._inside)
        if form is None:
            return
        entry = _Field(said.get("name", ""), said.get("type", "text").lower(), said.get("value", ""))
        if tag == "button" and entry.kind != "button":
            form.buttons.append(entry)
            form.words.append("")
            self._pressed = form
        elif tag == "input" and entry.kind == "submit":
            form.buttons.append(entry)
            form.words.append(entry.value)
        elif tag == "input" and (entry.kind not in _CHOICES or "checked" in said):
            form.fields.append(entry)

    def handle_data(self, data: str) -> None:
        if self._pressed is not None:
            self._pressed.words[-1] += " " + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        if tag == "button":
            self._pressed = None


class Person:
    """Somebody with an address, a password and a browser whose cookies last as long as the object."""

    def __init__(self, user: str, password: str, *, verify: bool = True) -> None:
        self.user, self.password = user, password
        self._browser = httpx.Client(timeout=20, verify=verify, trust_env=False)
        self._words: tuple[str, ...] = _AGREEING

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()

    def sign_in(self, url: str, *, declining: bool = False) -> str:
        """Work through the pages from `url`; the address at which the browser leaves the provider."""
        self._words = _DECLINING if declining else _AGREEING
        answer = self._go("GET", url)
        for _ in range(_MOST_PAGES):
            if isinstance(answer, str):
                return answer
            answer = self._act(answer)
        raise AssertionError(f"still at {answer} after {_MOST_PAGES} pages")

    def agree(self, url: str, code: str = "") -> str:
        """Work through the pages until one asks nothing more, such as for a device; that page."""
        self._words = _AGREEING
        answer = self._go("GET", url)
        for _ in range(_MOST_PAGES):
            if isinstance(answer, str):
                raise AssertionError(f"the provider sent the browser to {answer}")  # noqa: TRY004  # a finding
            if self._form(answer, code) is None:
                return answer.text
            answer = self._act(answer, code)
        raise AssertionError(f"still at {answer} after {_MOST_PAGES} pages")

    def leave(self, url: str) -> None:
        """Open the page that ends the provider's own session, and press what ends it."""
        self._words = _LEAVING
        answer = self._go("GET", url)
        if not isinstance(answer, str) and self._form(answer, ""):
            self._act(answer)

    def is_asked_who(self, url: str) -> bool:
        """Whether the page behind `url` wants an address or a password, so that nobody is signed in there."""
        answer = self._go("GET", url)
        known = (*_ADDRESS_FIELDS, *_PASSWORD_FIELDS)
        return not isinstance(answer, str) and any(form.holds(known) for form in _Page(answer.text).forms)

    def visit(self, url: str) -> httpx.Response:
        """Open an address and nothing more."""
        return self._browser.get(url)

    def _go(self, method: str, url: str, data: dict[str, list[str]] | None = None) -> httpx.Response | str:
        origin = urlsplit(url).netloc
        answer = self._browser.request(method, url, data=data, headers={"Referer": url})
        while answer.is_redirect:
            url = urljoin(str(answer.url), answer.headers["location"])
            if urlsplit(url).netloc != origin:
                return url
            answer = self._browser.get(url)
        answer.raise_for_status()
        return answer

    def _act(self, page: httpx.Response, code: str = "") -> httpx.Response | str:
        found = self._form(page, code)
        if found is None:
            raise AssertionError(f"nothing to fill in at {page.url}: {page.text[:2000]}")
        form, data = found
        return self._go("POST", urljoin(str(page.url), form.action), data)

    def _form(self, page: httpx.Response, code: str) -> tuple[_Form, dict[str, list[str]]] | None:
        forms = [form for form in _Page(page.text).forms if form.method == "post"]
        known = dict.fromkeys(_ADDRESS_FIELDS, self.user) | dict.fromkeys(_PASSWORD_FIELDS, self.password)
        if code:
            known |= dict.fromkeys(_CODE_FIELDS, code)
        asked = [form for form in forms if form.holds(tuple(known))]
        for form in (*asked, *(form for form in forms if not form.holds(_CODE_FIELDS))):
            button = _pressed(form, _AGREEING if form in asked else self._words)
            if button is None and form not in asked:
                continue
            data: dict[str, list[str]] = {}
            for each in (*form.fields, *([button] if button else ())):
                if each.name:
                    typed = each.kind not in ("hidden", "submit", "checkbox") and known.get(each.name)
                    data.setdefault(each.name, []).append(typed or each.value)
            return form, data
        return None


def _pressed(form: _Form, wanted: tuple[str, ...]) -> _Field | None:
    for word in wanted:
        for button, words in zip(form.buttons, form.words, strict=True):
            if word in " ".join(words.casefold().split()):  # what a person reads, whatever it sends
                return button
    return None


@contextmanager
def person(user: str, password: str) -> Iterator[Person]:
    """Somebody at a browser of their own."""
    with Person(user, password) as somebody:
        yield somebody


def sign_in_with_form(url: str, user: str, password: str) -> httpx.Response:
    """Sign in as a person would and follow the browser back to whoever listens; that one's answer."""
    with Person(user, password) as somebody:
        return somebody.visit(somebody.sign_in(url))
