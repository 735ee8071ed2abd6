/* SPDX-License-Identifier: MIT */
#include "boot_warnings.h"

void warn_boot(struct strbuf *warnings, const struct boot_information *boot)
{
    if (!boot->valid) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "no Multiboot loader started this kernel");
    }
    if (boot->command_cut) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "the boot line was longer than %u characters",
                   BOOT_COMMAND_SIZE - 1);
    }
    if (boot->modules_left_out > 0) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "%u modules were left out: %u is the most",
                   boot->modules_left_out, BOOT_MODULES_MAX);
    }
    if (boot->modules_astray > 0) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "%u modules lie where no program can be",
                   boot->modules_astray);
    }
}

void warn_screen(struct strbuf *warnings, const struct options *options,
                 const struct boot_information *boot)
{
    if (options->video != VIDEO_LFB ||
        boot->screen.kind == BOOT_SCREEN_GRAPHICS)
        return;
    strbuf_add_apart(warnings);
    strbuf_add(warnings, "video=lfb: the boot loader set no graphics mode");
}
