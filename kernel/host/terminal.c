/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "terminal.h"
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#define OTHER_SCREEN "\x1B[?1049h"
#define AS_BEFORE    "\x1B[m\x1B[?7h\x1B[?25h\x1B[999;1H\r\n\x1B[?1049l"

static struct termios before;
static volatile sig_atomic_t resized;

/* Called from signal handlers, so all functions used are async-signal-safe. */
void host_terminal_restore(void)
{
    if (write(STDOUT_FILENO, AS_BEFORE, sizeof AS_BEFORE - 1) > 0)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

static void resize(int number)
{
    resized = number;
}

/* Restores the terminal, then applies the signal's default action. */
static void end(int number)
{
    host_terminal_restore();
    signal(number, SIG_DFL);
    raise(number);
}

bool host_terminal_open(void)
{
    static const int ends[] = {SIGHUP,  SIGINT, SIGQUIT, SIGTERM,
                               SIGSEGV, SIGBUS, SIGILL,  SIGFPE};
    struct termios raw;

    if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++)
        signal(ends[i], end);
    signal(SIGWINCH, resize);
    raw = before;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    return write(STDOUT_FILENO, OTHER_SCREEN, sizeof OTHER_SCREEN - 1) > 0;
}

bool host_terminal_resized(void)
{
    bool now = resized != 0;

    resized = 0;
    return now;
}
