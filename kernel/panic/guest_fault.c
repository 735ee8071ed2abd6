/* SPDX-License-Identifier: MIT */
#include "guest_fault.h"
#include "exception.h"

static const char *const causes[VM_EXIT_REASONS] = {
    [VM_EXIT_DONE] = "No fault",
    [VM_EXIT_OVERRUN] = "No end: the timer stopped the engine",
    [VM_EXIT_SMASHED] = "Stack smashing: wrote past the end of an array",
    [VM_EXIT_BAD_CALL] = "Called the hypervisor with an unknown number",
    [VM_EXIT_WRONG] = "Returned a result that is not possible",
};

static void add_exception(struct strbuf *text, const struct vm_exit *exit)
{
    if (exit->frame.vector == VECTOR_PAGE_FAULT) {
        strbuf_add(text, "Page fault: ");
        exception_add_access(text, &exit->frame, exit->cr2);
    } else {
        strbuf_add(text, "%s", exception_name(exit->frame.vector));
    }
}

/* The call with which the guest ends has no place that says anything. */
static bool has_place(const struct vm_exit *exit)
{
    return exit->reason == VM_EXIT_EXCEPTION || exit->reason == VM_EXIT_OVERRUN;
}

void guest_fault_describe(char *text, size_t size, const struct vm_exit *exit)
{
    struct strbuf sentence = strbuf_begin(text, size);

    if (exit->reason == VM_EXIT_EXCEPTION)
        add_exception(&sentence, exit);
    else
        strbuf_add(&sentence, "%s", causes[exit->reason]);
    if (!has_place(exit))
        return;
    strbuf_add(&sentence, ", at ");
    exception_add_place(&sentence, exit->frame.eip);
}
