/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "platform/version.h"
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

static void add(struct system_info *system_info, const char *name,
                const char *info_row)
{
    struct strbuf text = system_info_add(system_info, LAYER_PC, name);

    strbuf_add(&text, "%s", info_row);
}

void host_system_info_fill(struct system_info *system_info, const char *options)
{
    const char *terminal = getenv("TERM");
    struct utsname host;
    struct strbuf text;

    system_info->version = "version " BABY_VERSION;
    system_info->title[LAYER_PC] = "A process of a host system (type 2)";
    system_info->count = 0;
    if (uname(&host) == 0) {
        text = system_info_add(system_info, LAYER_PC, "system");
        strbuf_add(&text, "%s %s on %s", host.sysname, host.release,
                   host.machine);
    }
    text = system_info_add(system_info, LAYER_PC, "process");
    strbuf_add(&text, "%u (%u-bit)", (unsigned)getpid(),
               8 * (unsigned)sizeof(void *));
    add(system_info, "terminal", terminal ? terminal : "unknown");
    add(system_info, "options", options[0] != '\0' ? options : "none");
}
