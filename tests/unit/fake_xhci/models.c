/* SPDX-License-Identifier: MIT */
/* Kinds of USB devices, as tables */
#include "tests/unit/fake_xhci.h"

#define IN        0x80
#define BULK      2
#define INTERRUPT 3

#define KEYBOARD(number, endpoint, interval)                                   \
    {                                                                          \
        number, 0, 3, 1, 1, IN | (endpoint), INTERRUPT, 8, interval            \
    }
#define MOUSE(number, endpoint)                                                \
    {                                                                          \
        number, 0, 3, 1, 2, IN | (endpoint), INTERRUPT, 5, 10                  \
    }

const struct fake_model fake_keyboard = {
    .speed = FAKE_FULL,
    .packet_size = 64,
    .value = 1,
    .count = 1,
    .interfaces = {KEYBOARD(0, 1, 10)},
};

const struct fake_model fake_low_keyboard = {
    .speed = FAKE_LOW,
    .packet_size = 8,
    .value = 1,
    .count = 1,
    .interfaces = {KEYBOARD(0, 1, 24)},
};

const struct fake_model fake_high_keyboard = {
    .speed = FAKE_HIGH,
    .packet_size = 64,
    .value = 7,
    .count = 1,
    .interfaces = {KEYBOARD(2, 15, 4)},
};

/* Its second interface has the keyboard, and the first one an alternate setting
   that looks like one. */
const struct fake_model fake_mouse_and_keyboard = {
    .speed = FAKE_FULL,
    .packet_size = 8,
    .value = 1,
    .count = 3,
    .interfaces =
        {
            MOUSE(0, 1),
            {0, 1, 3, 1, 1, IN | 3, INTERRUPT, 8, 10},
            KEYBOARD(1, 2, 10),
        },
};

const struct fake_model fake_two_keyboards = {
    .speed = FAKE_LOW,
    .packet_size = 8,
    .value = 3,
    .count = 3,
    .interfaces = {KEYBOARD(0, 1, 10), MOUSE(1, 2), KEYBOARD(2, 3, 255)},
};

const struct fake_model fake_mouse = {
    .speed = FAKE_LOW,
    .packet_size = 8,
    .value = 1,
    .count = 1,
    .interfaces = {MOUSE(0, 1)},
};

const struct fake_model fake_disk = {
    .speed = FAKE_HIGH,
    .packet_size = 64,
    .value = 1,
    .count = 1,
    .interfaces = {{0, 0, 8, 6, 80, IN | 1, BULK, 512, 0}},
};

const struct fake_model fake_super_disk = {
    .speed = FAKE_SUPER,
    .packet_size = 9,
    .value = 1,
    .count = 1,
    .interfaces = {{0, 0, 8, 6, 80, IN | 1, BULK, 1024, 0}},
};

const struct fake_model fake_super_hub = {
    .speed = FAKE_SUPER,
    .packet_size = 9,
    .value = 1,
    .count = 1,
    .interfaces = {{0, 0, 9, 0, 0, IN | 1, INTERRUPT, 2, 8}},
};

/* With one translator per port in its alternate setting */
const struct fake_model fake_hub = {
    .speed = FAKE_HIGH,
    .packet_size = 64,
    .value = 1,
    .hub_ports = 4,
    .think_time = 3,
    .power = 50,
    .count = 2,
    .interfaces =
        {
            {0, 0, 9, 0, 1, IN | 1, INTERRUPT, 1, 12},
            {0, 1, 9, 0, 2, IN | 1, INTERRUPT, 1, 12},
        },
};

const struct fake_model fake_full_hub = {
    .speed = FAKE_FULL,
    .packet_size = 8,
    .value = 1,
    .hub_ports = 7,
    .think_time = 2, /* has no meaning */
    .power = 22,
    .count = 1,
    .interfaces = {{0, 0, 9, 0, 0, IN | 1, INTERRUPT, 1, 255}},
};

const struct fake_model fake_large_hub = {
    .speed = FAKE_HIGH,
    .packet_size = 64,
    .value = 1,
    .hub_ports = 15,
    .power = 1,
    .count = 1,
    .interfaces = {{0, 0, 9, 0, 1, IN | 3, INTERRUPT, 2, 9}},
};
