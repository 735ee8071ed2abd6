/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "platform/version.h"
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

static void add(struct below *below, const char *name, const char *fact)
{
    struct text text = below_add(below, BELOW_PC, name);

    text_add(&text, "%s", fact);
}

void host_facts_fill(struct below *below, const char *options)
{
    const char *terminal = getenv("TERM");
    struct utsname host;
    struct text text;

    below->version = "version " BABY_VERSION;
    below->title[BELOW_PC] = "A process of another system, so of type 2";
    below->count = 0;
    if (uname(&host) == 0) {
        text = below_add(below, BELOW_PC, "system");
        text_add(&text, "%s %s on %s", host.sysname, host.release,
                 host.machine);
    }
    text = below_add(below, BELOW_PC, "process");
    text_add(&text, "%u, of %u bits", (unsigned)getpid(),
             8 * (unsigned)sizeof(void *));
    add(below, "terminal", terminal ? terminal : "of a kind not told");
    add(below, "options", options[0] != '\0' ? options : "none");
}
