/* SPDX-License-Identifier: MIT */
/*
 * Leaving: both functions return only if nothing worked.
 */
#ifndef DRIVERS_POWER_H
#define DRIVERS_POWER_H

#include <stdint.h>

/* Resets the PC. */
void power_reboot(void);

/*
 * Switches the PC off.  Only virtual PCs are known so far: where the
 * processor reports no hypervisor nothing is written.
 */
void power_off(void);

/* Ends QEMU with status (CODE << 1) | 1 where it has the isa-debug-exit
   device at port 0xF4. */
void power_exit_qemu(uint8_t code);

#endif
