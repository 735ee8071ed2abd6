/* SPDX-License-Identifier: MIT */
/*
 * What the lab says in sentences.
 */
#include "notes.h"
#include <string.h>

static const struct {
    const struct engine *engine;
    const char *story;
} stories[] = {
    {&engine_reference,
     "Fetch, decode, execute, bar by bar, with all beats, switches and keys "
     "of 1948: that is most of what it costs. A switch loop with nothing else "
     "is about as fast as threaded on a PC of today (option bench); it has "
     "one jump for all functions, which an old PC cannot foresee.\n"
     "It keeps nothing but the machine itself.\n"
     "emu/engine/reference.c, emu/machine/instruction_set.c"},
    {&engine_threaded,
     "No loop: the routine of each function ends by fetching the next word "
     "and going to its routine. There are as many such jumps as routines, so "
     "that the PC can learn what follows what.\n"
     "A, CI and PI are registers of the PC until it leaves; then interp() "
     "brings the T-state up to date.\n"
     "emu/engine/threaded.c"},
    {&engine_predecoded,
     "Each line is taken apart once and kept in a slot: the address of its "
     "routine and that of its operand. Two program counters: CI counts lines "
     "(SPC), a pointer runs over the slots (TPC).\n"
     "A STO makes the slot of its line undecoded, in case it is ever "
     "obeyed.\n"
     "emu/engine/predecoded.c"},
    {&engine_translator,
     "Where control arrives often, a block of lines becomes code of the PC. "
     "Its exits are chained to other blocks, and its lines obeyed by the PC "
     "itself.\n"
     "emu/translator/translator.c, codegen.c, chaining.c"},
};

const char *lab_story(const struct engine *engine)
{
    for (unsigned i = 0; i < sizeof stories / sizeof stories[0]; i++)
        if (stories[i].engine == engine)
            return stories[i].story;
    return "";
}

/* How they name themselves in CPUID leaf 0x40000000, and are called. */
static const struct host {
    const char *signature, *name;
} hosts[] = {
    {"TCGTCGTCGTCG", "QEMU (TCG)"}, {"KVMKVMKVM", "KVM"},
    {"VMwareVMware", "VMware"},     {"VBoxVBoxVBox", "VirtualBox"},
    {"Microsoft Hv", "Hyper-V"},    {"XenVMMXenVMM", "Xen"},
    {"bhyve bhyve ", "bhyve"},      {"prl hyperv  ", "Parallels"},
    {"QNXQVMBSQG", "QNX"},          {"ACRNACRNACRN", "ACRN"},
};

static bool is(const char *one, const char *other)
{
    size_t length = strlen(one);

    return strlen(other) == length && memcmp(one, other, length) == 0;
}

void lab_host(struct strbuf *text, const char *signature)
{
    const char *name = signature;

    if (signature[0] == '\0') {
        strbuf_add(text, "On the PC itself: an indirect jump that it foresees "
                         "is free, others are dear.");
        return;
    }
    for (unsigned i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        if (is(hosts[i].signature, signature))
            name = hosts[i].name;
    if (name == hosts[0].name)
        strbuf_add(text,
                   "Under %s, which looks up each indirect jump in a table: "
                   "they cost more.",
                   name);
    else
        strbuf_add(
            text,
            "Under %s: it may make the PC forget where indirect jumps led.",
            name);
}
