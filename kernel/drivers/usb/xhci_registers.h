/* SPDX-License-Identifier: MIT */
/*
 * Registers of a USB 3 host controller (Intel, "eXtensible Host Controller
 * Interface for Universal Serial Bus", revision 1.2, chapters 5 and 7).  All
 * are accessed as 32 bits.  Those of 64 bits are two, the lower half first.
 * Offsets are in bytes.
 */
#pragma once

/* ---------------------------------------------------- capability (5.3) --- */

/* Offsets from the base address */
#define XHCI_CAPLENGTH  0x00 /* 5.3.1; version in the upper half (5.3.2) */
#define XHCI_HCSPARAMS1 0x04 /* 5.3.3 */
#define XHCI_HCSPARAMS2 0x08 /* 5.3.4 */
#define XHCI_HCCPARAMS1 0x10 /* 5.3.6 */
#define XHCI_DBOFF      0x14 /* 5.3.7: offset of the doorbells */
#define XHCI_RTSOFF     0x18 /* 5.3.8: offset of the runtime registers */

#define XHCI_LENGTH(caplength)  (0xFFu & (caplength))
#define XHCI_VERSION(caplength) ((caplength) >> 16)

#define XHCI_MAX_SLOTS(hcsparams1) (0xFFu & (hcsparams1))
#define XHCI_MAX_PORTS(hcsparams1) ((hcsparams1) >> 24)

/* Scratchpad buffers: bits 21 to 25 are the upper five bits of their number,
   and bits 27 to 31 the lower five. */
#define XHCI_MAX_SCRATCHPADS(hcsparams2)                                       \
    (((hcsparams2) >> 16 & 0x3E0u) | (hcsparams2) >> 27)

#define XHCI_HCC_WIDE_CONTEXTS 0x04u /* CSZ: contexts of 64 bytes */

/* Offset of the first extended capability, or 0 (xECP) */
#define XHCI_EXTENDED(hccparams1) ((hccparams1) >> 16 << 2)

#define XHCI_DBOFF_MASK  0xFFFFFFFCu
#define XHCI_RTSOFF_MASK 0xFFFFFFE0u

/* --------------------------------------------------- operational (5.4) --- */

/* Offsets from the operational registers, which follow the capability
   registers */
#define XHCI_USBCMD   0x00 /* 5.4.1 */
#define XHCI_USBSTS   0x04 /* 5.4.2 */
#define XHCI_PAGESIZE 0x08 /* 5.4.3: bit N if pages have 2^(N+12) bytes */
#define XHCI_CRCR     0x18 /* 5.4.5: command ring, 64 bits */
#define XHCI_DCBAAP   0x30 /* 5.4.6: array of device contexts, 64 bits */
#define XHCI_CONFIG   0x38 /* 5.4.7: number of device slots in use */

#define XHCI_PAGES_4K 0x1u

#define XHCI_CMD_RUN              0x0001u
#define XHCI_CMD_RESET            0x0002u /* HCRST; reads as 1 until done */
#define XHCI_CMD_INTERRUPT_ENABLE 0x0004u

#define XHCI_STS_HALTED     0x0001u
#define XHCI_STS_HOST_ERROR 0x0004u /* HSE; cleared by writing 1 */
#define XHCI_STS_EVENT      0x0008u /* EINT; cleared by writing 1 */
#define XHCI_STS_NOT_READY  0x0800u /* CNR */
#define XHCI_STS_ERROR      0x1000u /* HCE: only a reset helps */

/* Port register sets, which are numbered from 1 on: PORTSC (5.4.8) */
#define XHCI_PORTSC(port)   (0x400u + 0x10u * ((port)-1u))
#define XHCI_PORTS_END(max) (0x400u + 0x10u * (max))

#define XHCI_PORT_CONNECTED      0x00000001u /* CCS */
#define XHCI_PORT_ENABLED        0x00000002u /* PED; writing 1 disables it */
#define XHCI_PORT_RESET          0x00000010u /* PR */
#define XHCI_PORT_POWER          0x00000200u /* PP */
#define XHCI_PORT_CONNECT_CHANGE 0x00020000u /* CSC */
#define XHCI_PORT_CHANGES        0x00FE0000u /* each is cleared by writing 1 */
#define XHCI_PORT_WARM_RESET     0x80000000u /* WPR, USB 3 only */

#define XHCI_PORT_SPEED(portsc) ((portsc) >> 10 & 0xFu)

/* Bits that a write must keep; writing others as read clears or starts
   something. */
#define XHCI_PORT_KEEP 0x0E00C200u /* PP, PIC, WCE, WDE, WOE */

/* ------------------------------------------------------- runtime (5.5) --- */

/* Offsets from the runtime registers; those of interrupter 0 (5.5.2) */
#define XHCI_IMAN   0x20 /* 5.5.2.1: interrupter management */
#define XHCI_IMOD   0x24 /* 5.5.2.2: interrupter moderation */
#define XHCI_ERSTSZ 0x28 /* 5.5.2.3.1: size of the event ring segment table */
#define XHCI_ERSTBA 0x30 /* 5.5.2.3.2: its address, 64 bits */
#define XHCI_ERDP   0x38 /* 5.5.2.3.3: event ring dequeue pointer, 64 bits */

#define XHCI_RUNTIME_END 0x40 /* of the registers of interrupter 0 */

#define XHCI_IMAN_PENDING 0x01u /* IP; cleared by writing 1 */
#define XHCI_IMAN_ENABLE  0x02u /* IE */
#define XHCI_ERDP_BUSY    0x08u /* EHB; cleared by writing 1 */

/* ----------------------------------------------------- doorbells (5.6) --- */

/* Offsets from the doorbells; slot 0 is the command ring.  The value is the
   target: 0 for the command ring, else the device context index. */
#define XHCI_DOORBELL(slot) (4u * (slot))

/* ------------------------------------------- extended capabilities (7) --- */

/* Each begins with its ID in bits 0 to 7 and the distance to the next one, in
   units of four bytes, in bits 8 to 15 (7, table 7-1).  0 ends the list. */
#define XHCI_EXTENDED_ID(value)   (0xFFu & (value))
#define XHCI_EXTENDED_NEXT(value) (((value) >> 8 & 0xFFu) << 2)

#define XHCI_ID_LEGACY   1 /* USB legacy support (7.1) */
#define XHCI_ID_PROTOCOL 2 /* supported protocol (7.2) */

/* USBLEGSUP (7.1.1) */
#define XHCI_LEGACY_BIOS_OWNED 0x00010000u
#define XHCI_LEGACY_OS_OWNED   0x01000000u

/* USBLEGCTLSTS (7.1.2), which says when the BIOS receives an SMI: bits 0, 4 and
   13 to 15 enable it, and bits 29 to 31 are pending events, which are cleared
   by writing 1.  Other bits are reserved: some must be kept, some be 0. */
#define XHCI_LEGACY_CONTROL        4 /* offset in the capability */
#define XHCI_LEGACY_CONTROL_KEEP   0x000E1FEEu
#define XHCI_LEGACY_CONTROL_EVENTS 0xE0000000u

/* Supported protocol (7.2): offsets in the capability and their fields */
#define XHCI_PROTOCOL_NAME  4
#define XHCI_PROTOCOL_PORTS 8
#define XHCI_PROTOCOL_SLOT  12

#define XHCI_PROTOCOL_USB               0x20425355u /* "USB " */
#define XHCI_PROTOCOL_MAJOR(first)      ((first) >> 24)
#define XHCI_PROTOCOL_FIRST_PORT(ports) (0xFFu & (ports))
#define XHCI_PROTOCOL_PORT_COUNT(ports) ((ports) >> 8 & 0xFFu)
#define XHCI_PROTOCOL_SLOT_TYPE(slot)   (0x1Fu & (slot))
