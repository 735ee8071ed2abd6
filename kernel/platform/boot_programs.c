/* SPDX-License-Identifier: MIT */
#include "boot_programs.h"
#include "boot/programs.h"

_Static_assert(FILE_MAX <= BOOT_MODULE_KEPT,
               "the kernel must keep a module of the maximum size");

static char names[BOOT_MODULES_MAX][12];

/* Returns the name of a module, or a numbered name if it has none. */
static const char *name_module(const struct boot_module *module, unsigned i)
{
    struct strbuf text = strbuf_begin(names[i], sizeof names[i]);

    if (module->name[0] != '\0')
        return module->name;
    strbuf_add(&text, "module-%u", i + 1);
    return names[i];
}

void boot_programs_fill(struct library *library,
                        const struct boot_information *boot)
{
    const struct builtin_program *program = builtin_programs;

    for (unsigned i = 0; i < boot->modules; i++) {
        const struct boot_module *module = &boot->module[i];

        library_add(library, name_module(module, i), module->text,
                    module->size);
    }
    for (; program < builtin_programs_end; program++)
        library_add(library, program->name, program->text,
                    (size_t)(program->end - program->text));
}
