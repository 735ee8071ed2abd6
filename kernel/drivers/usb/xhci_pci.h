/* SPDX-License-Identifier: MIT */
/* The PCI side of a USB 3 host controller: power, ports and access to memory.
 */
#pragma once

#include "xhci_find.h"

/* Turns on the controller's power, its registers and its access to memory, and
   its interrupt if INTERRUPT.  Gives it the ports that it shares with
   controllers of USB 2.  Takes up to 20 ms if the power was off. */
void xhci_power_on(const struct xhci_place *place, bool interrupt);

/* Cuts the controller off from memory, whatever state it is in. */
void xhci_disconnect(const struct xhci_place *place);
