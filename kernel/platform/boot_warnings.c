/* SPDX-License-Identifier: MIT */
#include "boot_warnings.h"

void warn_boot(struct strbuf *warnings, const struct boot_information *boot)
{
    if (!boot->valid) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "not started by a Multiboot loader; use GRUB");
    }
    if (boot->command_cut) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "the boot line was truncated after %u characters",
                   BOOT_COMMAND_SIZE - 1);
    }
    if (boot->modules_dropped > 0) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "%u modules ignored: the maximum is %u",
                   boot->modules_dropped, BOOT_MODULES_MAX);
    }
    if (boot->modules_invalid > 0) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "%u modules are unreadable: bad address or size",
                   boot->modules_invalid);
    }
}

void warn_screen(struct strbuf *warnings, const struct options *options,
                 const struct boot_information *boot)
{
    if (options->screen.video != VIDEO_LFB ||
        boot->screen.kind == BOOT_SCREEN_GRAPHICS)
        return;
    strbuf_add_apart(warnings);
    strbuf_add(warnings, "video=lfb: the boot loader set no graphics mode");
}
