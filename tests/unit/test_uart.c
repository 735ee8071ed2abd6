/* SPDX-License-Identifier: MIT */
/* Tests the driver of COM1 and COM2 with good and faulty UARTs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "drivers/uart.c"

#define READS_MAX 2000 /* reads before a test is considered hung */

static enum uart com; /* port under test */

/* Kinds of UART that can be simulated. */
enum kind {
    GOOD,        /* 16550A */
    BROKEN_FIFO, /* 16550 with a FIFO that does not work */
    OLD,         /* 8250 */
    ABSENT,      /* all registers read FF */
    DEAD,        /* all registers read 00 */
    FLOODING,    /* the line status always reports received data */
    STUCK,       /* the transmitter never becomes empty */
};

static struct {
    enum kind kind;
    uint8_t in[FIFO_SIZE]; /* bytes received by the UART but not yet read */
    unsigned in_count;
    uint8_t out[64]; /* bytes sent */
    unsigned out_count;
    uint8_t line_control, interrupt_enable, fifo_control, modem_control;
    unsigned divisor;
    uint8_t damage; /* error bits of the line status, cleared by reading it */
    unsigned reads; /* number of register reads during the current call */
    /* number of bytes written since the transmitter was last empty */
    unsigned filled;
    bool wired;     /* true if the IRQ is connected */
    bool requested; /* previous level of the interrupt request */
    bool latched;   /* true if the PIC has latched a rising edge */
} uart;

static irq_handler *handler;
static bool interrupts = true;

static unsigned fifo_size(void)
{
    return uart.kind != OLD && uart.kind != BROKEN_FIFO &&
                   (uart.fifo_control & 1)
               ? FIFO_SIZE
               : 1;
}

static void interrupt(void)
{
    if (!uart.latched || !interrupts || handler == NULL)
        return;
    uart.latched = false;
    interrupts = false;
    handler();
    interrupts = true;
}

/* Updates the simulated PIC, which is edge-triggered. */
static void look(void)
{
    bool received = uart.in_count > 0 && (uart.interrupt_enable & 1);
    bool empty = uart.filled == 0 && (uart.interrupt_enable & 2);
    bool requests =
        uart.wired && (received || empty) && (uart.modem_control & 8);

    uart.latched |= requests && !uart.requested;
    uart.requested = requests;
}

/* Makes the UART receive a byte. */
static void arrive(uint8_t byte)
{
    if (uart.in_count < fifo_size()) {
        uart.in[uart.in_count++] = byte;
    } else {
        uart.damage |= 0x02;
        if (fifo_size() == 1)
            uart.in[0] = byte;
    }
    look();
    interrupt();
}

/* Makes the UART send all bytes written to it. */
static void leave(void)
{
    uart.filled = uart.out_count = 0;
    look();
    interrupt();
}

static void arrive_damaged(uint8_t byte, uint8_t damage)
{
    uart.damage |= damage;
    arrive(byte);
}

static uint8_t read_data(void)
{
    uint8_t byte = uart.in[0];

    if (uart.in_count > 0)
        uart.in_count--;
    memmove(uart.in, uart.in + 1, uart.in_count);
    look();
    return byte;
}

static uint8_t line_status(void)
{
    uint8_t status = uart.damage;

    uart.damage = 0;
    if (uart.in_count > 0 || uart.kind == FLOODING)
        status |= 0x01;
    if (uart.kind != STUCK && uart.filled == 0)
        status |= 0x60;
    return status;
}

static uint8_t identity(void)
{
    if (uart.kind == OLD || !(uart.fifo_control & 1))
        return 0x01;
    return uart.kind == BROKEN_FIFO ? 0x81 : 0xC1;
}

uint8_t port_read(uint16_t port)
{
    assert_in_range(++uart.reads, 1, READS_MAX);
    if (uart.kind == ABSENT || uart.kind == DEAD)
        return uart.kind == ABSENT ? 0xFF : 0x00;
    switch (port - (com == UART_COM1 ? 0x3F8 : 0x2F8)) {
    case 0:
        assert_int_equal(uart.line_control & 0x80, 0);
        return read_data();
    case 1:
        return uart.interrupt_enable;
    case 2:
        return identity();
    case 3:
        return uart.line_control;
    case 5:
        return line_status();
    default:
        fail_msg("port %x is not the driver's", port);
        return 0;
    }
}

static void write_data(uint8_t value)
{
    if (uart.line_control & 0x80) {
        uart.divisor = (uart.divisor & 0xFF00) | value;
        return;
    }
    assert_true(uart.filled < fifo_size());
    assert_true(uart.out_count < sizeof uart.out);
    uart.out[uart.out_count++] = value;
    uart.filled++;
}

void port_write(uint16_t port, uint8_t value)
{
    switch (port - (com == UART_COM1 ? 0x3F8 : 0x2F8)) {
    case 0:
        write_data(value);
        break;
    case 1:
        if (!(uart.line_control & 0x80))
            uart.interrupt_enable = value;
        else
            uart.divisor = (uart.divisor & 0xFF) | (unsigned)value << 8;
        break;
    case 2:
        uart.fifo_control = value & 1;
        if (value & 2)
            uart.in_count = 0;
        break;
    case 3:
        uart.line_control = value;
        break;
    case 4:
        uart.modem_control = value;
        break;
    default:
        fail_msg("port %x is not the driver's", port);
    }
    look();
    interrupt();
}

uint32_t interrupts_save(void)
{
    bool were = interrupts;

    interrupts = false;
    return were;
}

void interrupts_restore(uint32_t flags)
{
    interrupts = flags != 0;
    interrupt();
}

void pic_handle(unsigned irq, irq_handler *to_call)
{
    assert_int_equal(irq, com == UART_COM1 ? 4 : 3);
    handler = to_call;
}

static bool start(enum kind kind)
{
    memset(&uart, 0, sizeof uart);
    uart.kind = kind;
    uart.wired = true;
    handler = NULL;
    return uart_start(com, 115200);
}

/* Reads COUNT bytes and checks that they count up from FIRST. */
static void check_received(uint8_t first, unsigned count)
{
    uint8_t byte;

    for (unsigned i = 0; i < count; i++) {
        assert_true(is_waiting(com));
        assert_true(uart_read(com, &byte));
        assert_int_equal(byte, (uint8_t)(first + i));
    }
    assert_false(is_waiting(com));
    assert_false(uart_read(com, &byte));
}

static void arrive_many(uint8_t first, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        uart.reads = 0;
        arrive((uint8_t)(first + i));
    }
}

static const enum kind working[] = {GOOD, BROKEN_FIFO, OLD};

#define WORKING (sizeof working / sizeof working[0])

static void test_start(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        assert_true(start(working[i]));
        assert_true(uart_is_present(com));
        assert_int_equal(uart.line_control, 0x03);
        assert_int_equal(uart.divisor, 1);
        assert_int_equal(uart.interrupt_enable, 0x01);
        assert_int_equal(uart.modem_control, 0x0B);
        assert_int_equal(uart.fifo_control, working[i] == GOOD);
        assert_non_null(handler);
        assert_false(is_waiting(com));
        assert_false(uart_data_lost(com));
    }
}

static void test_rates(void **state)
{
    static const uint32_t rates[] = {1200,  2400,  4800,  9600,
                                     19200, 38400, 57600, 115200};

    (void)state;
    for (unsigned i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        start(GOOD);
        assert_true(uart_start(com, rates[i]));
        assert_int_equal(uart.divisor * rates[i], 115200);
        assert_int_equal(uart.line_control, 0x03);
        arrive('a');
        check_received('a', 1);
    }
}

/* The boot loader may leave DLAB set, bytes unread and interrupts enabled. */
static void test_start_clears_state(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        memset(&uart, 0, sizeof uart);
        uart.kind = working[i];
        uart.wired = true;
        uart.interrupt_enable = 0x0F;
        uart.in_count = 1;
        uart.damage = 0x1E;
        uart.line_control = 0x83;
        assert_true(uart_start(com, 115200));
        assert_false(is_waiting(com));
        assert_false(uart_data_lost(com));
        arrive('a');
        check_received('a', 1);
    }
}

/* Starting a port again must clear all of its state. */
static void test_start_again(void **state)
{
    (void)state;
    start(GOOD);
    arrive_many(0, 5);
    arrive_damaged(5, 0x08);
    assert_true(is_waiting(com));
    assert_true(uart_send(com, 'a'));
    start(OLD);
    assert_false(is_waiting(com));
    assert_false(uart_data_lost(com));
    assert_true(uart_send(com, 'a'));
    assert_false(uart_send(com, 'b'));
}

static void test_bytes_in_order(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        for (unsigned round = 0; round < 40; round++) {
            arrive_many((uint8_t)(round * 7), 1000);
            check_received((uint8_t)(round * 7), 1000);
        }
        assert_false(uart_data_lost(com));
    }
}

static void test_late_interrupt(void **state)
{
    (void)state;
    start(GOOD);
    interrupts = false;
    arrive_many('A', FIFO_SIZE);
    assert_false(is_waiting(com));
    interrupts = true;
    interrupt();
    check_received('A', FIFO_SIZE);
    assert_false(uart_data_lost(com));
    arrive('z');
    check_received('z', 1);
}

static void test_polled(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        uart.wired = false;
        for (unsigned j = 0; j < 100; j++) {
            arrive_many((uint8_t)j, fifo_size());
            assert_false(is_waiting(com));
            uart_poll(com);
            assert_true(interrupts);
            check_received((uint8_t)j, fifo_size());
        }
        assert_false(uart_data_lost(com));
    }
}

/* An overrun by one byte must be reported once. */
static void test_overrun(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        uart.wired = false;
        arrive_many('a', fifo_size() + 1);
        assert_false(uart_data_lost(com));
        uart_poll(com);
        assert_true(uart_data_lost(com));
        assert_false(uart_data_lost(com));
        check_received(fifo_size() == 1 ? 'b' : 'a', fifo_size());
    }
}

static void test_damaged_byte(void **state)
{
    static const uint8_t damage[] = {0x04, 0x08, 0x10};

    (void)state;
    start(GOOD);
    for (unsigned i = 0; i < sizeof damage; i++) {
        arrive('a');
        assert_false(uart_data_lost(com));
        arrive_damaged('b', damage[i]);
        assert_true(uart_data_lost(com));
        assert_false(uart_data_lost(com));
        check_received('a', 2);
    }
}

/* A receive error must be reported even if it is first seen while sending. */
static void test_damage_seen_while_sending(void **state)
{
    (void)state;
    start(OLD);
    uart.wired = false;
    arrive_many('a', 2);
    uart_send(com, 'x');
    assert_true(uart_data_lost(com));
    uart.damage = 0x08;
    uart_is_idle(com);
    assert_true(uart_data_lost(com));
}

/* Bytes may be lost only if both the ring buffer and the FIFO are full. */
static void test_ring_full(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        unsigned most;

        start(working[i]);
        most = RING_SIZE + fifo_size();
        arrive_many(0, most);
        assert_false(uart_data_lost(com));
        check_received(0, RING_SIZE);
        uart_poll(com);
        check_received((uint8_t)RING_SIZE, fifo_size());
        assert_false(uart_data_lost(com));

        arrive_many(0, most + 1);
        check_received(0, RING_SIZE);
        uart_poll(com);
        assert_true(uart_data_lost(com));
        uart_poll(com);
        while (is_waiting(com))
            uart_read(com, &(uint8_t){0});
        arrive('c');
        check_received('c', 1);
        assert_false(uart_data_lost(com));
    }
}

static void check_nothing_there(void)
{
    uint8_t byte;

    assert_false(uart_is_present(com));
    assert_null(handler);
    assert_false(uart_send(com, 'a'));
    assert_true(uart_is_idle(com));
    uart_poll(com);
    assert_false(is_waiting(com));
    assert_false(uart_read(com, &byte));
    assert_false(uart_data_lost(com));
}

static void test_absent(void **state)
{
    (void)state;
    assert_false(start(ABSENT));
    check_nothing_there();
    assert_false(start(DEAD));
    check_nothing_there();
}

/* The driver must not hang on a UART that always reports received data. */
static void test_endless_bytes(void **state)
{
    uint8_t byte;

    (void)state;
    assert_true(start(FLOODING));
    assert_false(is_waiting(com));
    for (unsigned i = 0; i < 100; i++) {
        uart.reads = 0;
        interrupts = false;
        handler();
        interrupts = true;
        uart_poll(com);
    }
    for (unsigned i = 0; i < RING_SIZE; i++)
        assert_true(uart_read(com, &byte));
    assert_false(is_waiting(com));
    uart.reads = 0;
    assert_true(uart_send(com, 'a'));
}

static void test_unplugged(void **state)
{
    (void)state;
    start(GOOD);
    arrive('a');
    uart.kind = ABSENT;
    uart.reads = 0;
    uart_poll(com);
    assert_true(uart_data_lost(com));
    uart.reads = 0;
    uart.kind = DEAD;
    uart_poll(com);
    while (uart_send(com, 'a'))
        ;
    assert_false(uart_is_idle(com));
}

static void test_send(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        for (unsigned round = 0; round < 3; round++) {
            unsigned sent = 0;

            leave();
            assert_true(uart_is_idle(com));
            while (uart_send(com, (uint8_t)('a' + sent)))
                sent++;
            assert_int_equal(sent, fifo_size());
            assert_int_equal(uart.out_count, sent);
            assert_memory_equal(uart.out, "abcdefghijklmnop", sent);
            assert_false(uart_is_idle(com));
        }
    }
}

static void test_never_empty(void **state)
{
    (void)state;
    assert_true(start(STUCK));
    for (unsigned i = 0; i < 100; i++)
        assert_false(uart_send(com, 'a'));
    assert_false(uart_is_idle(com));
    arrive('a');
    check_received('a', 1);
}

/* After a failed send, the sender must be notified when there is space. */
static void test_room_notification(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        for (unsigned round = 0; round < 3; round++) {
            while (uart_send(com, 'a'))
                ;
            assert_false(uart_send(com, 'a'));
            assert_false(uart_needs_service(com));
            leave();
            assert_true(uart_needs_service(com));
            assert_false(uart_needs_service(com));
            assert_int_equal(uart.interrupt_enable, 0x01);
        }
        assert_true(uart_send(com, 'a'));
        leave();
        assert_false(uart_needs_service(com));
    }
}

static void test_room_and_received_bytes(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORKING; i++) {
        start(working[i]);
        while (uart_send(com, 'a'))
            ;
        arrive('x');
        assert_true(uart_needs_service(com));
        check_received('x', 1);
        uart_needs_service(com);
        assert_false(uart_needs_service(com));
        /* A failed send must request another notification. */
        assert_false(uart_send(com, 'a'));
        interrupts = false;
        leave();
        arrive('y');
        interrupts = true;
        interrupt();
        check_received('y', 1);
        assert_true(uart_needs_service(com));
        assert_true(uart_send(com, 'a'));
        arrive('z');
        check_received('z', 1);
    }
}

/* Receiving on one port must not affect the other. */
static void test_two_ports(void **state)
{
    uint8_t byte;

    (void)state;
    start(GOOD);
    arrive('a');
    com = !com;
    start(GOOD);
    arrive_many('b', 2);
    check_received('b', 2);
    com = !com;
    assert_true(uart_read(com, &byte));
    assert_int_equal(byte, 'a');
    assert_false(is_waiting(com));
}

int main(void)
{
    int failed = 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_start_clears_state),
        cmocka_unit_test(test_start_again),
        cmocka_unit_test(test_bytes_in_order),
        cmocka_unit_test(test_late_interrupt),
        cmocka_unit_test(test_polled),
        cmocka_unit_test(test_overrun),
        cmocka_unit_test(test_damaged_byte),
        cmocka_unit_test(test_damage_seen_while_sending),
        cmocka_unit_test(test_ring_full),
        cmocka_unit_test(test_absent),
        cmocka_unit_test(test_endless_bytes),
        cmocka_unit_test(test_unplugged),
        cmocka_unit_test(test_send),
        cmocka_unit_test(test_never_empty),
        cmocka_unit_test(test_room_notification),
        cmocka_unit_test(test_room_and_received_bytes),
        cmocka_unit_test(test_two_ports),
    };

    for (com = UART_COM1; com < UARTS; com++)
        failed += cmocka_run_group_tests(tests, NULL, NULL);
    return failed;
}
