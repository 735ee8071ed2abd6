/* SPDX-License-Identifier: MIT */
#include "notes.h"
#include <string.h>

/* Hypervisors and their signatures in CPUID leaf 0x40000000. */
static const struct host {
    const char *signature, *name;
} hosts[] = {
    {"TCGTCGTCGTCG", "QEMU (TCG)"}, {"KVMKVMKVM", "KVM"},
    {"VMwareVMware", "VMware"},     {"VBoxVBoxVBox", "VirtualBox"},
    {"Microsoft Hv", "Hyper-V"},    {"XenVMMXenVMM", "Xen"},
    {"bhyve bhyve ", "bhyve"},      {"prl hyperv  ", "Parallels"},
    {"QNXQVMBSQG", "QNX"},          {"ACRNACRNACRN", "ACRN"},
};

static bool is_same(const char *one, const char *other)
{
    size_t length = strlen(one);

    return strlen(other) == length && memcmp(one, other, length) == 0;
}

void lab_host(struct strbuf *text, const char *signature)
{
    const char *name = signature;

    if (signature[0] == '\0') {
        strbuf_add(text, "On real hardware, an indirect jump is cheap "
                         "if predicted, expensive otherwise.");
        return;
    }
    for (unsigned i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        if (is_same(hosts[i].signature, signature))
            name = hosts[i].name;
    strbuf_add(text,
               name == hosts[0].name
                   ? "Under %s, each indirect jump costs a table lookup."
                   : "Under %s, indirect jump predictions may be flushed.",
               name);
}
