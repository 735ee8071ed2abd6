/* SPDX-License-Identifier: MIT */
#include "batch_main.h"
#include "arch/cpu.h"
#include "code_memory.h"
#include "drivers/clock.h"
#include "drivers/power.h"
#include "serial.h"
#include "watchdog.h"
#include <string.h>

/* QEMU's exit status is 2 * N + 1.  Avoid the values that QEMU itself uses. */
#define QEMU_SUCCESS 0x10
#define QEMU_FAILURE 0x11

/* Returns false if a program was unreadable or the port accepts no bytes. */
static bool run(struct batch *batch)
{
    for (;;) {
        uint64_t start = clock_now();

        watchdog_feed();
        if (!batch_turn(batch))
            break;
        batch_took(batch, clock_now() - start);
        watchdog_suspend();
        if (!serial_send(batch->out.at, batch->out.length))
            return false;
        batch->out = strbuf_begin(batch->buffer, sizeof batch->buffer);
    }
    return !batch->failed;
}

void exit_qemu(bool good)
{
    serial_flush();
    power_exit_qemu(good ? QEMU_SUCCESS : QEMU_FAILURE);
}

void batch_main(struct batch *batch, const struct options *options,
                const struct library *library, unsigned modules,
                struct strbuf *warnings)
{
    bool any =
        batch_start(batch, options, library, modules, &code_area, warnings);
    bool good = run(batch);

    serial_flush();
    if (!any && !options->qemu_exit) {
        memset(batch, 0, sizeof *batch);
        return;
    }
    if (options->qemu_exit)
        exit_qemu(good);
    else
        power_off();
    /* The PC cannot be switched off by software. */
    halt_forever();
}
