/* SPDX-License-Identifier: MIT */
/* Tests that replaying the history after random keys restores the session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "emu/check/random_machine.h"
#include "emu/engine/lockstep.h"

static bool same(const struct snapshot *one, const struct snapshot *other)
{
    return lockstep_same(&one->machine, &other->machine) &&
           controls_are_same(&one->controls, &other->controls) &&
           one->hung == other->hung && one->uncounted == other->uncounted;
}

/* Replays the whole history and compares it with every checkpoint. */
static void check_history(void)
{
    struct history *history = &ui.history;
    struct position position;
    uint32_t next = 0;
    struct bar bar;

    assert_true(history->count > 0);
    history_peek(history, history_first(history), &position);
    for (;;) {
        uint64_t step = position_step(&position);

        for (; next < history->count; next++) {
            const struct position *known = &history->checkpoints[next].position;

            if (position_step(known) != step)
                break;
            assert_true(same(&known->snapshot, &position.snapshot));
        }
        if (step == history_last(history))
            break;
        history_next(history, &position, &bar);
    }
    assert_int_equal(next, history->count);
    assert_true(same(&history->last.snapshot, &position.snapshot));
}

static void check_present(void)
{
    struct snapshot present;

    check_history();
    session_snapshot(&ui.view.session, &present);
    assert_true(same(&present, &ui.history.at.snapshot));
}

/* Keys that have an effect on some page.  Frequent ones are repeated. */
static const char characters[] = "12345678qwertyuiasdfghjkzxcvbnm,"
                                 "90-=op[]\\l;'./ 01 ./=-90 ldn sto";
static const enum key keys[] = {
    KEY_F5,    KEY_F5,   KEY_F6,   KEY_F6,     KEY_F6,   KEY_F6,
    KEY_ENTER, KEY_DOWN, KEY_LEFT, KEY_DELETE, KEY_TAB,  KEY_F11,
    KEY_F12,   KEY_F12,  KEY_UP,   KEY_INSERT, KEY_HOME, KEY_BACKSPACE,
    KEY_F7,    KEY_F7,   KEY_F7,   KEY_F8,     KEY_END,
};

static struct event any_key(struct prng *prng)
{
    struct event event = {.down = true};

    if (prng_one_in(prng, 2)) {
        event = key_of(characters[prng_next(prng) % (sizeof characters - 1)]);
        event.control = false;
    } else if (prng_one_in(prng, 6)) {
        event = key_of("zyxcvbb"[prng_next(prng) % 7]);
        event.control = true;
    } else {
        event.key = keys[prng_next(prng) % (sizeof keys / sizeof keys[0])];
    }
    event.tap = prng_one_in(prng, 8);
    return event;
}

static void press_random(struct prng *prng, unsigned count)
{
    struct event held = any_key(prng);

    while (count-- > 0) {
        struct event event = any_key(prng);

        send(event);
        turn_by(prng_next(prng) % 3000);
        if (prng_one_in(prng, 4)) {
            held.down = false;
            send(held);
            held = event;
        } else {
            event.down = false;
            send(event);
        }
        turn_by(prng_next(prng) % 20000);
        /* Answer only the question about discarding the future with yes. */
        if (ui.view.page == PAGE_ASK && ui.view.question.from < PAGES_BASE &&
            prng_one_in(prng, 2))
            press(KEY_ENTER);
        else if (ui.view.page >= PAGES_BASE)
            press(KEY_ESCAPE);
    }
}

static void test_random_keys(void **state)
{
    (void)state;
    for (unsigned number = 0; number < 60; number++) {
        struct prng prng;

        prng_seed(&prng, number);
        start_with(sizes[number % SIZES],
                   number % 3 == 0   ? "speed=real panel=prm"
                   : number % 3 == 1 ? "speed=x10 manual-holds-ci"
                                     : "speed=7",
                   &builtin_library.file[number % builtin_library.count], 1);
        if (number % 4 != 0)
            press(KEY_TAB);
        for (unsigned part = 0; part < 3; part++) {
            press_random(&prng, 50);
            check_present();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_keys),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
