/* SPDX-License-Identifier: MIT */
#include "boot_warnings.h"

void complain_of_boot(struct text *complaints,
                      const struct boot_information *boot)
{
    if (!boot->valid) {
        text_add_apart(complaints);
        text_add(complaints, "no Multiboot loader started this kernel");
    }
    if (boot->command_cut) {
        text_add_apart(complaints);
        text_add(complaints, "the boot line was longer than %u characters",
                 BOOT_COMMAND_SIZE - 1);
    }
    if (boot->modules_left_out > 0) {
        text_add_apart(complaints);
        text_add(complaints, "%u modules were left out: %u is the most",
                 boot->modules_left_out, BOOT_MODULES_MAX);
    }
    if (boot->modules_astray > 0) {
        text_add_apart(complaints);
        text_add(complaints, "%u modules lie where no program can be",
                 boot->modules_astray);
    }
}

void complain_of_screen(struct text *complaints, const struct options *options,
                        const struct boot_information *boot)
{
    if (options->video != VIDEO_LFB ||
        boot->screen.kind == BOOT_SCREEN_GRAPHICS)
        return;
    text_add_apart(complaints);
    text_add(complaints, "video=lfb: the boot loader set no graphics mode");
}
