# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Completion for bash, zsh and fish, from the same declarations that the command line reads."""

from collections.abc import Callable, Iterator

from installers.manual import PROGRAM, WINDOW_OPTIONS, Command, commands


def bash() -> str:
    """Commands, their parts and options, and file names elsewhere."""
    known = commands()
    cases = [f"    '{' '.join(command.words)}') words='{_next(command, known)}' ;;" for command in known]
    first = {command.words[0] for command in known} | set(WINDOW_OPTIONS)
    return _BASH.replace("@FIRST@", " ".join(sorted(first))).replace("@CASES@", "\n".join(cases))


def zsh() -> str:
    """As for bash, with what each word does beside it."""
    known = commands()
    cases = [f"    {_quoted(' '.join(one.words))}) offered=({_described(one, known)}) ;;" for one in known]
    top = " ".join(_pair(word, text) for word, text in _top(known).items())
    return _ZSH.replace("@FIRST@", top).replace("@CASES@", "\n".join(cases))


def fish() -> str:
    """As for bash, with what each word does beside it."""
    known = commands()
    top = _top(known)
    lines = [f"# Completion of {PROGRAM} for fish."]
    nothing_yet = "__fish_use_subcommand"
    for word, text in top.items():
        lines.append(_fish_line(nothing_yet, word, text))
    for command in known:
        condition = " && ".join(f"__fish_seen_subcommand_from {_quoted(word)}" for word in command.words)
        # A command and its own parts: once a part is there, the other parts are not offered again.
        parts = {other.words[-1]: other.help for other in known if other.words[:-1] == command.words}
        free = " && ".join(
            [condition, *(f"not __fish_seen_subcommand_from {_quoted(part)}" for part in parts)]
        )
        lines += [_fish_line(free, part, text) for part, text in parts.items()]
        lines += [_fish_line(condition, option, text) for option, text in _options(command)]
    return "\n".join(lines) + "\n"


SHELLS: dict[str, Callable[[], str]] = {
    f"usr/share/bash-completion/completions/{PROGRAM}": bash,
    f"usr/share/zsh/vendor-completions/_{PROGRAM}": zsh,
    f"usr/share/fish/vendor_completions.d/{PROGRAM}.fish": fish,
}

_BASH = """\
# Completion of connection-client for bash.
_connection_client() {
    local here=${COMP_WORDS[COMP_CWORD]} path= word words
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in -*) ;; *) path=${path:+$path }$word ;; esac
    done
    while :; do
        case $path in
    '') words='@FIRST@' ;;
@CASES@
        *) path=${path% *}; continue ;;
        esac
        break
    done
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$here")
}
complete -o default -F _connection_client connection-client
"""

_ZSH = """\
#compdef connection-client
# Completion of connection-client for zsh.
_connection_client_words() {
    local -a offered
    case $1 in
    '') offered=(@FIRST@) ;;
@CASES@
    *) return 1 ;;
    esac
    reply=("${offered[@]}")
}

_connection_client() {
    local -a before reply
    local so_far
    before=(${(M)words[2,CURRENT-1]:#[^-]*})
    so_far="${before[*]}"
    while ! _connection_client_words "$so_far"; do
        if [[ $so_far == *' '* ]]; then so_far=${so_far% *}; else so_far=''; fi
    done
    _describe -t commands 'connection-client' reply || _files
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _connection_client "$@"
elif (( $+functions[compdef] )); then
    compdef _connection_client connection-client
fi
"""


def _next(command: Command, known: tuple[Command, ...]) -> str:
    depth = len(command.words)
    parts = [other.words[depth] for other in known if other.words[:depth] == command.words != other.words]
    return " ".join([*dict.fromkeys(parts), *command.options])


def _described(command: Command, known: tuple[Command, ...]) -> str:
    parts = {other.words[-1]: other.help for other in known if other.words[:-1] == command.words}
    return " ".join(_pair(word, text) for word, text in [*parts.items(), *_options(command)])


def _options(command: Command) -> Iterator[tuple[str, str]]:
    for name, text in command.arguments:
        if name.startswith("--"):
            yield name.split()[0], text


def _top(known: tuple[Command, ...]) -> dict[str, str]:
    """Every first word with what it does; of a group without a help of its own, nothing."""
    top = {command.words[0]: command.help for command in known if len(command.words) == 1}
    return dict(sorted({**top, **WINDOW_OPTIONS}.items()))


def _pair(word: str, text: str) -> str:
    said = text.replace(":", r"\:")
    return _quoted(f"{word}:{said}" if said else word)


def _fish_line(condition: str, word: str, text: str) -> str:
    is_option = word.startswith("--")
    what = f"-l {_quoted(word[2:])}" if is_option else f"-f -a {_quoted(word)}"
    said = f" -d {_quoted(text)}" if text else ""
    return f'complete -c {PROGRAM} -n "{condition}" {what}{said}'


def _quoted(text: str) -> str:
    """In single quotes, as all three shells read them, with a typographic apostrophe."""
    return "'" + text.replace("'", "\u2019") + "'"
