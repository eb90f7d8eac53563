/* SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
 * SPDX-License-Identifier: Apache-2.0
 *
 * As much of JSON as an answer of CONNECTION Client needs.
 */
#ifndef JSON_H
#define JSON_H

/* The value of a member of the object at `object`, or NULL. */
const char *member(const char *object, const char *name);

/* Print the string at `value`, its escapes undone; control characters become spaces. */
void print_string(const char *value);

#endif
