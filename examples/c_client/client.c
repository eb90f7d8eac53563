/* SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asks CONNECTION Client whether the person at this computer may use a product. Written from docs/broker.md
 * alone; Linux, C11, nothing but the C library.
 *
 *   cc -std=c11 -O2 -Wall -Wextra -o client client.c json.c
 *   ./client survey-viewer 10.2.0.7
 *
 * Exit status: 0 the person may, 1 the person may not (reason and text on standard output), 2 no answer.
 */
#define _GNU_SOURCE
#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define LONGEST_ANSWER (1 << 20)
#define PATIENCE_SECONDS 20
#define PAUSE_MS 100
#define STARTING (-32004)
#define BUSY (-32001)

enum { MAY, MAY_NOT, NO_ANSWER };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void rest(int ms)
{
    struct timespec t = {ms / 1000, (ms % 1000) * 1000000L};
    nanosleep(&t, NULL);
}

/* ---- the socket -------------------------------------------------------------------------------------- */

static int socket_path(char *path, size_t size)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct passwd *person = home ? NULL : getpwuid(getuid());
    int length;

    if (runtime && *runtime == '/')
        length = snprintf(path, size, "%s/connection-client/broker.sock", runtime);
    else if (state && *state == '/')
        length = snprintf(path, size, "%s/connection-client/run/broker.sock", state);
    else
        length = snprintf(path, size, "%s/.local/state/connection-client/run/broker.sock",
                          home ? home : person ? person->pw_dir : "");
    return length > 0 && (size_t)length < size ? 0 : -1;
}

/* Connected to this user's client, or -1 with errno; EPERM where a stranger listens. */
static int connect_to_client(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {PATIENCE_SECONDS, 0};
    struct ucred other;
    socklen_t size = sizeof other;
    int connection;

    if (socket_path(address.sun_path, sizeof address.sun_path))
        return errno = ENAMETOOLONG, -1;
    if ((connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
        return -1;
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) ||
        getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &other, &size)) {
        int why = errno;
        close(connection);
        return errno = why, -1;
    }
    if (other.uid != getuid())
        return close(connection), errno = EPERM, -1;
    return connection;
}

/* One line each way; the answer is a string to be freed, or NULL. */
static char *exchange(int connection, const char *line)
{
    size_t length = 0, left = strlen(line);
    char *answer = malloc(LONGEST_ANSWER + 1);
    ssize_t count;

    while (answer && left) {
        if ((count = send(connection, line, left, MSG_NOSIGNAL)) <= 0)
            goto failed;
        line += count, left -= (size_t)count;
    }
    while (answer && length < LONGEST_ANSWER) {
        if ((count = recv(connection, answer + length, LONGEST_ANSWER - length, 0)) <= 0)
            goto failed;
        length += (size_t)count;
        if (answer[length - 1] == '\n')
            return answer[length] = '\0', answer;
    }
failed:
    free(answer);
    return NULL;
}

/* Start the client in the tray; -1 where it is not installed. */
static int start_client(void)
{
    int said[2], why = 0;
    pid_t child;

    if (pipe2(said, O_CLOEXEC) || (child = fork()) < 0)
        return -1;
    if (child == 0) {
        setsid();
        if (fork() == 0) { /* its parent ends at once, so that nobody has to wait for it */
            int nothing = open("/dev/null", O_RDWR);
            for (int number = 0; number < 3; number++)
                dup2(nothing, number);
            unsetenv("LD_LIBRARY_PATH"), unsetenv("PYTHONPATH"), unsetenv("PYTHONHOME");
            execlp("connection-client", "connection-client", "--hidden", (char *)NULL);
            why = errno;
            if (write(said[1], &why, sizeof why) < 0)
                _exit(126);
        }
        _exit(127);
    }
    close(said[1]);
    while (read(said[0], &why, sizeof why) < 0 && errno == EINTR)
        ;
    close(said[0]);
    return why ? (errno = why, -1) : 0;
}

/* ---- the question ------------------------------------------------------------------------------------ */

/* A product's id or a version: what would have to be escaped in JSON is in neither. */
static int is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == '"' || *text == '\\')
            return 0;
    return 1;
}

static int report(const char *result)
{
    const char *entitled = member(result, "entitled");

    if (entitled && !strncmp(entitled, "true", 4)) {
        printf("yes ");
        print_string(member(result, "text"));
        printf("\n");
        return MAY;
    }
    printf("no ");
    print_string(member(result, "reason"));
    printf(": ");
    print_string(member(result, "text"));
    printf("\n");
    return MAY_NOT;
}

static int ask(const char *line)
{
    double deadline = now() + PATIENCE_SECONDS;
    int started = 0;

    for (; now() < deadline; rest(PAUSE_MS)) {
        int connection = connect_to_client();
        if (connection < 0) {
            if (errno == EAGAIN)
                continue; /* many others wait to be let in */
            if (errno != ENOENT && errno != ECONNREFUSED)
                return fprintf(stderr, "no answer: %s\n", strerror(errno)), NO_ANSWER;
            if (!started && start_client())
                return fprintf(stderr, "CONNECTION Client is not installed\n"), NO_ANSWER;
            started = 1;
            continue;
        }
        char *answer = exchange(connection, line);
        const char *result = member(answer, "result"), *error = member(answer, "error");
        const char *code = member(error, "code");
        result = result && *result == '{' ? result : NULL;
        int outcome = result ? report(result) : NO_ANSWER, number = code ? atoi(code) : 0;
        if (!result && number != STARTING && number != BUSY)
            fprintf(stderr, "no answer: %s\n", answer ? answer : "the connection was closed");
        close(connection);
        free(answer);
        if (result || (number != STARTING && number != BUSY))
            return outcome;
    }
    return fprintf(stderr, "no answer in time\n"), NO_ANSWER;
}

int main(int count, char **words)
{
    char line[1024];
    const char *product = count > 1 ? words[1] : "", *version = count > 2 ? words[2] : "";

    if (count < 2 || count > 3 || !is_plain(product) || !is_plain(version) || strlen(product) > 128 ||
        strlen(version) > 128)
        return fprintf(stderr, "usage: client PRODUCT [VERSION]\n"), NO_ANSWER;
    snprintf(line, sizeof line,
             "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"entitlement\","
             "\"params\":{\"protocol\":1,\"product\":\"%s\",\"version\":\"%s\"}}\n",
             product, version);
    return ask(line);
}
