/* SPDX-License-Identifier: MIT */
/* USB keyboards: finds and starts the controllers, turns reports into key
   events, and says on the screen what was found. */
#pragma once

#include "arch/memory_map.h"
#include "drivers/pci.h"
#include "ui/ui.h"

#define USB_CONTROLLERS 4 /* that are used at once */

/* Finds the controllers on PCI.  USE is one of enum usb_use: if it is USB_AUTO,
   they are used unless PRESENCE says that there is another keyboard. */
void usb_input_find(const struct pci *pci, unsigned use,
                    enum keyboard_presence presence);

/* Fills in the registers of controllers below 4 GiB, which must be mapped, and
   returns their number. */
unsigned usb_input_registers(struct range ranges[USB_CONTROLLERS]);

/* Starts the controllers, with memory from the end of MEMORY.  Notices are
   shown by UI.  INTERRUPTS is true if their interrupts may be used.  Must be
   called after paging has been enabled, and before any guest is made. */
void usb_input_start(struct ui *ui, struct range *memory, bool interrupts,
                     uint64_t now);

/* Does what is due, sends key events to the console and returns their number.
   Tells the console whether the PC has a keyboard; PRESENCE is without USB. */
uint32_t usb_input_poll(struct ui *ui, enum keyboard_presence presence,
                        uint64_t now);

/* Returns true if a controller has sent something since the last poll. */
bool usb_input_has_event(void);

/* Returns true if any controller is used. */
bool usb_input_is_used(void);

/* Appends a description of the keyboards, or of what failed, if USB is to be
   used. */
void usb_input_describe(struct strbuf *text);

/* Stops all controllers, as they write to memory.  A stop takes up to 16 ms. */
void usb_input_stop(void);

/* Starts them again, without interrupts. */
void usb_input_restart(uint64_t now);

/* Cuts all controllers off from memory, in any state of the kernel. */
void usb_input_disconnect(void);
