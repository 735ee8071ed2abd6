/* SPDX-License-Identifier: MIT */
#include "boot_programs.h"
#include "boot/programs.h"
#include "services/saved_programs.h"

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

/* Adds the programs in a file to which the Baby has saved them, one by one. */
static void add_saved(struct library *library, const struct boot_module *module)
{
    static struct saved_program programs[SAVED_MAX];
    static char saved_names[SAVED_MAX][12];
    unsigned count =
        saved_split(module->text, module->size, programs, SAVED_MAX);

    for (unsigned i = 0; i < count && i < SAVED_MAX; i++) {
        struct strbuf name =
            strbuf_begin(saved_names[i], sizeof saved_names[i]);

        strbuf_add(&name, "saved-%u", i + 1);
        library_add(library, saved_names[i], programs[i].text,
                    programs[i].size);
    }
}

unsigned boot_programs_fill(struct library *library,
                            const struct boot_information *boot)
{
    const struct builtin_program *program = builtin_programs;
    unsigned from_modules;

    for (unsigned i = 0; i < boot->modules; i++) {
        const struct boot_module *module = &boot->module[i];

        if (saved_is_called(module->name) && module->size <= SAVED_SIZE_MAX)
            add_saved(library, module);
        else
            library_add(library, name_module(module, i), module->text,
                        module->size);
    }
    from_modules = library->count;
    for (; program < builtin_programs_end; program++)
        library_add(library, program->name, program->text,
                    (size_t)(program->end - program->text));
    return from_modules;
}
