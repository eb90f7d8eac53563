/* SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
 * SPDX-License-Identifier: Apache-2.0
 *
 * A scanner that finds a member of a JSON object; it reads no more of the text than there is.
 */
#include "json.h"

#include <stdio.h>
#include <string.h>

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
        at++;
    return at;
}

static const char *skip_string(const char *at)
{
    if (*at != '"')
        return NULL;
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && !*++at)
            return NULL;
    return *at ? at + 1 : NULL;
}

/* Past any value: text within strings counts as text, everything else by its brackets. */
static const char *skip_value(const char *at)
{
    int depth = 0;

    for (at = skip_space(at); *at; at = skip_space(at)) {
        if (*at == '"') {
            if (!(at = skip_string(at)))
                return NULL;
        } else if (*at == '{' || *at == '[') {
            depth++, at++;
        } else if (*at == '}' || *at == ']') {
            if (depth == 0)
                return at;
            depth--, at++;
        } else if (*at == ',' || *at == ':') {
            if (depth == 0)
                return at;
            at++;
        } else {
            at += strcspn(at, " \t\r\n\",:{}[]");
        }
        if (depth == 0)
            return at;
    }
    return NULL;
}

const char *member(const char *object, const char *name)
{
    size_t length = strlen(name);
    const char *at = object ? skip_space(object) : NULL;

    if (!at || *at != '{')
        return NULL;
    at = skip_space(at + 1);
    while (*at == '"') {
        const char *key = at + 1;
        if (!(at = skip_string(at)))
            return NULL;
        int found = (size_t)(at - 1 - key) == length && !memcmp(key, name, length);
        at = skip_space(at);
        if (*at++ != ':')
            return NULL;
        at = skip_space(at);
        if (found)
            return at;
        if (!(at = skip_value(at)))
            return NULL;
        at = skip_space(at);
        if (*at != ',')
            return NULL;
        at = skip_space(at + 1);
    }
    return NULL;
}

static int append_utf8(char *out, unsigned code)
{
    if (code < 0x80)
        return out[0] = (char)code, 1;
    if (code < 0x800)
        return out[0] = (char)(0xC0 | code >> 6), out[1] = (char)(0x80 | (code & 63)), 2;
    if (code < 0x10000)
        return out[0] = (char)(0xE0 | code >> 12), out[1] = (char)(0x80 | (code >> 6 & 63)),
               out[2] = (char)(0x80 | (code & 63)), 3;
    return out[0] = (char)(0xF0 | code >> 18), out[1] = (char)(0x80 | (code >> 12 & 63)),
           out[2] = (char)(0x80 | (code >> 6 & 63)), out[3] = (char)(0x80 | (code & 63)), 4;
}

void print_string(const char *value)
{
    const char *at = value, *end = value ? skip_string(value) : NULL;

    if (!end)
        return;
    for (at++; at < end - 1; at++) {
        char text[4] = {*at};
        int length = 1;
        unsigned code, low;
        if (*at == '\\' && *++at == 'u' && sscanf(at + 1, "%4x", &code) == 1) {
            at += 4;
            if (code >= 0xD800 && code < 0xDC00 && sscanf(at + 1, "\\u%4x", &low) == 1)
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), at += 6;
            length = append_utf8(text, code);
        } else {
            text[0] = *at;
        }
        if (length == 1 && (unsigned char)text[0] < ' ')
            text[0] = ' ';
        fwrite(text, 1, (size_t)length, stdout);
    }
}
