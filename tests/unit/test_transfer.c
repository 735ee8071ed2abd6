/* SPDX-License-Identifier: MIT */
/* Tests sending and receiving programs with a simulated port and clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/transfer.h"

#define SECOND 1000000u

static struct transfer transfer;
static uint64_t now;

static int begin(void **state)
{
    (void)state;
    memset(&transfer, 0, sizeof transfer);
    now = 77 * SECOND;
    return 0;
}

static char wire[2 * TRANSFER_SIZE];
static size_t wire_length;

static void send(const char *text)
{
    wire_length = 0;
    transfer_send(&transfer, text, strlen(text));
    transfer_turn(&transfer, now);
}

/* Lets the port accept up to LIMIT bytes and returns the number accepted. */
static size_t transmit(size_t limit)
{
    const char *bytes;
    size_t count = transfer_next(&transfer, &bytes);

    if (count > limit)
        count = limit;
    memcpy(wire + wire_length, bytes, count);
    wire_length += count;
    transfer_sent(&transfer, count, now);
    transfer_turn(&transfer, now);
    return count;
}

static void check_sent(const char *text)
{
    assert_int_equal(wire_length, strlen(text));
    assert_memory_equal(wire, text, wire_length);
}

static void test_line_ends(void **state)
{
    static const struct {
        const char *text, *wire;
        unsigned lines;
    } rows[] = {
        {"1\n2 STP\n", "1\r\n2 STP\r\n", 2},
        {"1\r\n0001:01\r\n", "1\r\n0001:01\r\n", 2},
        {"\n\n\r\n", "\r\n\r\n\r\n", 3},
        {"no end", "no end", 0},
        {"\r\r\n", "\r\r\n", 1},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        send(rows[i].text);
        assert_true(transfer_is_active(&transfer));
        transmit(1000);
        check_sent(rows[i].wire);
        assert_int_equal(transfer.state, TRANSFER_SENT);
        assert_false(transfer_is_active(&transfer));
        assert_int_equal(transfer.lines, rows[i].lines);
        assert_int_equal(transfer.size, wire_length);
        assert_int_equal(transfer.sent, wire_length);
    }
}

/* Sends a text that fills the transfer buffer up to its last byte. */
static void test_longest_asm(void **state)
{
    static char expected[TRANSFER_SIZE];
    struct strbuf text = transfer_buffer(&transfer);
    size_t length = 0;

    (void)state;
    for (unsigned i = 1000; !text.cut; i++)
        strbuf_add(&text, i % 3 ? "%u 0\n" : "\n\n\r\n%u\n", i);
    assert_int_equal(text.length, TRANSFER_SIZE / 2 - 1);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\n' && text.at[i - 1] != '\r')
            expected[length++] = '\r';
        expected[length++] = text.at[i];
    }
    transfer_send(&transfer, text.at, text.length);
    assert_int_equal(transfer.size, length);
    assert_memory_equal(transfer.bytes, expected, length);

    text = transfer_buffer(&transfer);
    while (!text.cut)
        strbuf_add(&text, "\n");
    transfer_send(&transfer, text.at, text.length);
    assert_int_equal(transfer.size, TRANSFER_SIZE - 2);
    for (size_t i = 0; i < transfer.size; i++)
        assert_int_equal(transfer.bytes[i], i % 2 ? '\n' : '\r');
}

static void test_longest_text(void **state)
{
    static char text[TRANSFER_SIZE / 2];

    (void)state;
    memset(text, '\n', sizeof text);
    transfer_send(&transfer, text, sizeof text);
    assert_int_equal(transfer.size, TRANSFER_SIZE);
    assert_int_equal(transfer.lines, sizeof text);
    wire_length = 0;
    transmit(sizeof wire);
    assert_int_equal(transfer.state, TRANSFER_SENT);
}

/* A port that accepts a byte now and then must not count as stuck. */
static void test_slow_wire(void **state)
{
    (void)state;
    send("1\n1 STP\n");
    for (unsigned i = 0; i < 10; i++) {
        assert_int_equal(transfer.state, TRANSFER_SENDING);
        assert_int_equal(transmit(0), 0);
        now += TRANSFER_STUCK_US - 1;
        transmit(0);
        assert_int_equal(transmit(1), 1);
    }
    check_sent("1\r\n1 STP\r\n");
    assert_int_equal(transfer.state, TRANSFER_SENT);
}

static void test_stuck(void **state)
{
    (void)state;
    for (unsigned taken = 0; taken < 10; taken++) {
        send("1\n1 STP\n");
        transmit(taken);
        now += TRANSFER_STUCK_US - 1;
        transmit(0);
        assert_int_equal(transfer.state, TRANSFER_SENDING);
        now += 1;
        transmit(0);
        assert_int_equal(transfer.state, TRANSFER_STUCK);
        assert_int_equal(transfer.sent, taken);
        assert_int_equal(transfer.size, 10);
        assert_int_equal(transmit(100), 0);
    }
}

static void test_stuck_while_bytes_come(void **state)
{
    (void)state;
    send("1\n1 STP\n");
    for (unsigned i = 0; i < 10; i++) {
        now += TRANSFER_STUCK_US / 9;
        transfer_received(&transfer, "x", 1, false, now);
        transmit(0);
    }
    assert_int_equal(transfer.state, TRANSFER_STUCK);
}

/* The timeout must be measured from the start of each transfer. */
static void test_stuck_from_the_beginning(void **state)
{
    (void)state;
    send("first");
    transmit(100);
    now += 3600 * (uint64_t)SECOND;
    send("second");
    assert_int_equal(transfer.state, TRANSFER_SENDING);
    now += TRANSFER_STUCK_US;
    transfer_turn(&transfer, now);
    assert_int_equal(transfer.state, TRANSFER_STUCK);
}

static void test_nothing_to_send(void **state)
{
    (void)state;
    send("");
    transmit(1);
    assert_int_equal(transfer.state, TRANSFER_SENT);
}

static void test_cancel_sending(void **state)
{
    (void)state;
    send("1\n1 STP\n");
    transmit(3);
    transfer_cancel(&transfer);
    assert_false(transfer_is_active(&transfer));
    assert_int_equal(transmit(100), 0);
    now += 100 * SECOND;
    transmit(100);
    assert_int_equal(transfer.state, TRANSFER_NONE);
}

/* Polling must not start a transfer or end one that is being received. */
static void test_polling_when_idle(void **state)
{
    (void)state;
    transmit(100);
    assert_int_equal(transfer.state, TRANSFER_NONE);
    transfer_receive(&transfer);
    transmit(100);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
}

static void test_bytes_while_sending(void **state)
{
    (void)state;
    send("1\n1 STP\n");
    transfer_received(&transfer, "\x04zzz", 4, true, now);
    transmit(100);
    check_sent("1\r\n1 STP\r\n");
    assert_int_equal(transfer.state, TRANSFER_SENT);
}

static void give_bytes(const char *bytes, size_t count)
{
    transfer_received(&transfer, bytes, count, false, now);
    transfer_turn(&transfer, now);
}

static void give(const char *text)
{
    give_bytes(text, strlen(text));
}

static void pass(uint64_t time)
{
    now += time;
    transfer_turn(&transfer, now);
}

static void check_received(const char *text)
{
    assert_int_equal(transfer.state, TRANSFER_RECEIVED);
    assert_false(transfer_is_active(&transfer));
    assert_int_equal(transfer.size, strlen(text));
    assert_memory_equal(transfer.bytes, text, transfer.size);
}

static const struct {
    const char *wire, *program;
} endings[] = {
    {"1 STP\n\x04", "1 STP\n"},
    {"1 STP\x04", "1 STP"},
    {"\x04", ""},
    {"1 STP\nbaby: end\n", "1 STP\n"},
    {"1 STP\r\nbaby: end\r\n", "1 STP\r\n"},
    {"1 STP\rbaby: end\r", "1 STP\r"},
    {"baby: end\n", ""},
    {"\nbaby: end\n", "\n"},
    {"1 STP\nbaby: end\x04", "1 STP\n"},
    {"1 STP\nbaby: end\n\x04", "1 STP\n"},
    {"1 STP\nbaby: end\n\r\n\n", "1 STP\n"},
    {"1 STP\nbaby: end\n2 STP\nbaby: end\n", "1 STP\nbaby: end\n2 STP\n"},
    {"1 STP\nbaby: end\n2 STP\x04", "1 STP\nbaby: end\n2 STP"},
    {"baby: end\nbaby: end\n", "baby: end\n"},
    {"; baby: end\n\x04", "; baby: end\n"},
    {"xbaby: end\nbaby: end \nbaby: ends\nBaby: end\nbaby: end\n",
     "xbaby: end\nbaby: end \nbaby: ends\nBaby: end\n"},
};
#define ENDINGS (sizeof endings / sizeof endings[0])

static bool ends_at_once(const char *text)
{
    return text[strlen(text) - 1] == '\x04';
}

/* Each end marker must be recognized, even if received byte by byte.  Ctrl-D
   ends a transfer at once, and the last line after a short silence. */
static void test_endings(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ENDINGS; i++) {
        transfer_receive(&transfer);
        assert_true(transfer_is_active(&transfer));
        give(endings[i].wire);
        if (!ends_at_once(endings[i].wire)) {
            assert_int_equal(transfer.state, TRANSFER_RECEIVING);
            pass(TRANSFER_END_US - 1);
            assert_int_equal(transfer.state, TRANSFER_RECEIVING);
            pass(1);
        }
        check_received(endings[i].program);
        give("2 STP\nbaby: end\n\x04");
        transfer_received(&transfer, "x", 1, true, now);
        pass(10 * SECOND);
        check_received(endings[i].program);

        transfer_receive(&transfer);
        const char *at = endings[i].wire;

        for (; transfer_is_active(&transfer) && *at != '\0'; at++) {
            give_bytes(at, 1);
            pass(TRANSFER_END_US - 1);
        }
        pass(1);
        assert_true(*at == '\0');
        check_received(endings[i].program);
    }
}

/* The last line of one of several programs must not end the transfer, as the
   next one follows at once. */
static void test_end_in_the_middle(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\nbaby: end\n");
    pass(TRANSFER_END_US - 1);
    give("2");
    pass(TRANSFER_SILENCE_US - 1);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    give(" STP\n");
    pass(TRANSFER_SILENCE_US - 1);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    pass(1);
    check_received("1 STP\nbaby: end\n2 STP\n");
}

/* Line ends that arrive late must begin the short silence anew. */
static void test_blank_lines_after_the_end(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\r\nbaby: end\r");
    for (unsigned i = 0; i < 5; i++) {
        pass(TRANSFER_END_US - 1);
        assert_int_equal(transfer.state, TRANSFER_RECEIVING);
        give(i % 2 ? "\r" : "\n");
    }
    pass(TRANSFER_END_US);
    check_received("1 STP\r\n");
}

/* A transfer must still be able to fail after its last line. */
static void test_failure_after_the_end(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\nbaby: end\n");
    transfer_received(&transfer, "", 0, true, now);
    pass(TRANSFER_END_US);
    assert_int_equal(transfer.state, TRANSFER_DAMAGED);

    transfer_receive(&transfer);
    give("1 STP\nbaby: end\n");
    transfer_cancel(&transfer);
    pass(TRANSFER_END_US);
    assert_int_equal(transfer.state, TRANSFER_NONE);
}

static void test_bytes_after_the_end(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\n\x04"
         "2 STP\n\x04");
    check_received("1 STP\n");
}

/* Ctrl-D must count as data after a byte that cannot occur in text. */
static void test_binary(void **state)
{
    static const char binary[][6] = {"\x02\0\x04\0\x04", "\xB6\xFF\x04\x04"};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        transfer_receive(&transfer);
        give_bytes(binary[i], sizeof binary[i]);
        assert_int_equal(transfer.state, TRANSFER_RECEIVING);
        pass(2 * SECOND);
        assert_int_equal(transfer.state, TRANSFER_RECEIVED);
        assert_int_equal(transfer.size, sizeof binary[i]);
        assert_memory_equal(transfer.bytes, binary[i], sizeof binary[i]);
    }
    transfer_receive(&transfer);
    give("1 STP\n\x04");
    check_received("1 STP\n");
}

static void test_silence(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 ");
    pass(TRANSFER_SILENCE_US - 1);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    give("STP");
    pass(TRANSFER_SILENCE_US - 1);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    give_bytes("", 0);
    pass(1);
    check_received("1 STP");
}

static void test_silence_after_the_last_line(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\nbaby: end");
    pass(TRANSFER_SILENCE_US - 1);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    pass(1);
    check_received("1 STP\n");
}

static void test_silence_before_the_first_byte(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("before");
    pass(TRANSFER_SILENCE_US);
    transfer_receive(&transfer);
    for (unsigned i = 0; i < 1000; i++) {
        give_bytes("", 0);
        pass(10 * SECOND);
        assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    }
    give("1 STP\x04");
    check_received("1 STP");
}

/* A time earlier than the last byte must not count as a pause. */
static void test_time_read_before_the_byte(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    transfer_received(&transfer, "1", 1, false, now);
    transfer_turn(&transfer, now - 1000);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
}

static void test_lost_bytes(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 LDN 2\n");
    transfer_received(&transfer, "2 STP\n\x04", 7, true, now);
    assert_int_equal(transfer.state, TRANSFER_DAMAGED);
    assert_false(transfer_is_active(&transfer));
    give("\x04");
    pass(10 * SECOND);
    assert_int_equal(transfer.state, TRANSFER_DAMAGED);

    transfer_receive(&transfer);
    transfer_received(&transfer, "", 0, true, now);
    assert_int_equal(transfer.state, TRANSFER_DAMAGED);
}

static void test_bytes_lost_before_start(void **state)
{
    (void)state;
    transfer_received(&transfer, "zzz", 3, true, now);
    assert_int_equal(transfer.state, TRANSFER_NONE);
    transfer_receive(&transfer);
    give("1 STP\x04");
    check_received("1 STP");
}

static void test_longest_program(void **state)
{
    static char filler[TRANSFER_SIZE];

    (void)state;
    memset(filler, ' ', sizeof filler);
    transfer_receive(&transfer);
    give_bytes(filler, sizeof filler);
    assert_int_equal(transfer.state, TRANSFER_RECEIVING);
    give("\x04");
    assert_int_equal(transfer.state, TRANSFER_RECEIVED);
    assert_int_equal(transfer.size, sizeof filler);

    transfer_receive(&transfer);
    give_bytes(filler, sizeof filler);
    give(" ");
    assert_int_equal(transfer.state, TRANSFER_TOO_LONG);
    give("\x04");
    pass(10 * SECOND);
    assert_int_equal(transfer.state, TRANSFER_TOO_LONG);
}

static void test_cancel_receiving(void **state)
{
    (void)state;
    transfer_receive(&transfer);
    give("1 STP\n");
    transfer_cancel(&transfer);
    assert_int_equal(transfer.state, TRANSFER_NONE);
    give("2 STP\n\x04");
    pass(10 * SECOND);
    assert_int_equal(transfer.state, TRANSFER_NONE);
}

/* A transfer of random bytes must end without overflowing the buffer. */
static void test_random_bytes(void **state)
{
    static char piece[251];
    uint32_t random = 1;
    unsigned endings_seen[TRANSFER_TOO_LONG + 1] = {0};

    (void)state;
    for (unsigned count = 0; count < 1 << 20; count += sizeof piece) {
        for (unsigned i = 0; i < sizeof piece; i++) {
            random = random * 1664525u + 1013904223u;
            piece[i] = (char)(random >> 24);
            /* Avoid Ctrl-D at first, and binary data later. */
            if (piece[i] == 4 && count < 1 << 18)
                piece[i] = 0;
            else if ((piece[i] == 0 || piece[i] == -1) && count >= 1 << 18)
                piece[i] = 1;
        }
        if (!transfer_is_active(&transfer)) {
            endings_seen[transfer.state]++;
            transfer_receive(&transfer);
        }
        give_bytes(piece, 1 + random % sizeof piece);
        pass(sizeof piece * 87);
        assert_true(transfer.size <= TRANSFER_SIZE);
    }
    assert_true(endings_seen[TRANSFER_RECEIVED] > 100);
    assert_true(endings_seen[TRANSFER_TOO_LONG] > 0);
    assert_int_equal(endings_seen[TRANSFER_DAMAGED], 0);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_line_ends),
        TEST(test_longest_asm),
        TEST(test_longest_text),
        TEST(test_slow_wire),
        TEST(test_stuck_while_bytes_come),
        TEST(test_stuck),
        TEST(test_stuck_from_the_beginning),
        TEST(test_nothing_to_send),
        TEST(test_cancel_sending),
        TEST(test_polling_when_idle),
        TEST(test_bytes_while_sending),
        TEST(test_endings),
        TEST(test_end_in_the_middle),
        TEST(test_blank_lines_after_the_end),
        TEST(test_failure_after_the_end),
        TEST(test_bytes_after_the_end),
        TEST(test_binary),
        TEST(test_silence),
        TEST(test_silence_after_the_last_line),
        TEST(test_silence_before_the_first_byte),
        TEST(test_time_read_before_the_byte),
        TEST(test_lost_bytes),
        TEST(test_bytes_lost_before_start),
        TEST(test_longest_program),
        TEST(test_cancel_receiving),
        TEST(test_random_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
