/* SPDX-License-Identifier: MIT */
/* Numbers from the specification of xHCI 1.2 and from USB 2.0 that the fake
   needs, apart from those of the driver on purpose. */
#pragma once

/* Capability registers (5.3) */
#define CAPLENGTH 0x40u
#define RUNTIME   0x1000u
#define DOORBELLS 0x2000u
#define EXTENDED  0x3000u
#define LEGACY    0x3000u
#define PROTOCOL2 0x3010u
#define PROTOCOL3 0x3020u

/* Operational registers (5.4), from the base on */
#define USBCMD   (CAPLENGTH + 0x00)
#define USBSTS   (CAPLENGTH + 0x04)
#define PAGESIZE (CAPLENGTH + 0x08)
#define CRCR     (CAPLENGTH + 0x18)
#define DCBAAP   (CAPLENGTH + 0x30)
#define CONFIG   (CAPLENGTH + 0x38)
#define PORTS    (CAPLENGTH + 0x400)
#define RUN      0x1u
#define HCRST    0x2u
#define INTE     0x4u
#define HSEE     0x8u
#define HCHALTED 0x1u
#define HSE      0x4u
#define EINT     0x8u
#define PCD      0x10u
#define CNR      0x800u
#define HCE      0x1000u
#define STS_RW1C (HSE | EINT | PCD | 0x400u)

/* PORTSC (5.4.8) */
#define CCS        0x1u
#define PED        0x2u
#define PR         0x10u
#define PLS        0x1E0u
#define PP         0x200u
#define SPEED      0x3C00u
#define LWS        0x10000u
#define CSC        0x20000u
#define PEC        0x40000u
#define PRC        0x200000u
#define CHANGES    0xFE0000u
#define WPR        0x80000000u
#define PORT_RW    0x0E00C200u /* PIC, PP, WCE, WDE, WOE */
#define PORT_RSVDZ 0x30000004u

/* Runtime registers (5.5) */
#define MFINDEX  (RUNTIME + 0x00)
#define IMAN     (RUNTIME + 0x20)
#define IMOD     (RUNTIME + 0x24)
#define ERSTSZ   (RUNTIME + 0x28)
#define ERSTBA   (RUNTIME + 0x30)
#define ERDP     (RUNTIME + 0x38)
#define IMAN_IP  0x1u
#define IMAN_IE  0x2u
#define ERDP_EHB 0x8u

/* TRB types (6.4.6) */
#define TRB_NORMAL        1
#define TRB_SETUP         2
#define TRB_DATA          3
#define TRB_STATUS        4
#define TRB_LINK          6
#define TRB_ENABLE_SLOT   9
#define TRB_DISABLE_SLOT  10
#define TRB_ADDRESS       11
#define TRB_CONFIGURE     12
#define TRB_EVALUATE      13
#define TRB_RESET_EP      14
#define TRB_SET_DEQUEUE   16
#define TRB_TRANSFER      32
#define TRB_COMPLETION    33
#define TRB_PORT_CHANGE   34
#define TRB_CONTROLLER    37
#define TRB_VENDOR        48
#define TRB_TYPE(control) ((control) >> 10 & 0x3F)
#define TRB_CYCLE         0x1u
#define TRB_TC            0x2u
#define TRB_IOC           0x20u
#define TRB_IDT           0x40u
#define TRB_DIR_IN        0x10000u

/* Completion codes (6.4.5) */
#define CODE_SUCCESS       1
#define CODE_BABBLE        3
#define CODE_TRANSACTION   4
#define CODE_TRB           5
#define CODE_STALL         6
#define CODE_NO_SLOTS      9
#define CODE_SLOT_DISABLED 11
#define CODE_SHORT         13
#define CODE_STATE         19
#define CODE_RING_FULL     21

/* Port of a hub (USB 2.0, tables 11-21 and 11-22) */
#define HUB_CONNECTION 0x001u
#define HUB_ENABLE     0x002u
#define HUB_RESET      0x010u
#define HUB_POWER      0x100u
#define HUB_LOW        0x200u
#define HUB_HIGH       0x400u

/* Times in microseconds */
#define MS         1000ull
#define RESET_TIME (50 * MS)  /* of a port: TDRSTR */
#define DEBOUNCE   (100 * MS) /* TATTDB */
#define RECOVERY   (10 * MS)  /* TRSTRCY */
#define ADDRESSING (2 * MS)   /* TDSETADDR (9.2.6.3) */
