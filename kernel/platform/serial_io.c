/* SPDX-License-Identifier: MIT */
#include "serial_io.h"
#include "arch/io.h"
#include "drivers/clock.h"
#include "serial.h"

#define BATCH_SIZE 256      /* maximum bytes per call and port */
#define CLOSE_US   1000000u /* timeout for closing the terminal */

static enum uart uart_of(enum port port)
{
    return port == PORT_COM2 ? UART_COM2 : UART_COM1;
}

bool serial_io_has_terminal(const struct ui *ui, enum uart uart)
{
    return ui->view.console != PORT_NONE && uart_of(ui->view.console) == uart;
}

bool serial_io_enter_pressed(const struct ui *ui)
{
    bool enter = false;
    uint8_t byte;

    for (enum uart uart = UART_COM1; uart < UARTS; uart++) {
        uart_poll(uart);
        while (uart_read(uart, &byte))
            enter |= byte == '\r' && serial_io_has_terminal(ui, uart);
    }
    return enter;
}

static void start_port(struct ui *ui, enum port port,
                       const struct options *options, struct strbuf *warnings)
{
    bool console = port == options->console;
    bool found = uart_start(uart_of(port), console ? options->baud : BAUD);

    if (console && found) {
        ui->view.console = port;
    } else if (console) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings, "this PC has no COM%u for a terminal", port);
    }
}

void serial_io_start(struct ui *ui, const struct options *options,
                     struct strbuf *warnings)
{
    start_port(ui, PORT_COM1, options, warnings);
    if (options->console == PORT_COM2 || options->data == PORT_COM2)
        start_port(ui, PORT_COM2, options, warnings);
    ui->view.environment.serial = uart_is_present(uart_of(options->data));
    serial_use(uart_of(options->data));
}

void serial_io_enable_terminal(struct ui *ui)
{
    if (ui->view.console == PORT_NONE && uart_is_present(UART_COM1))
        ui->view.console = PORT_COM1;
}

static void receive(struct ui *ui, enum port port, uint64_t now)
{
    enum uart uart = uart_of(port);
    char bytes[BATCH_SIZE];
    size_t count = 0;
    uint8_t byte;

    uart_poll(uart);
    while (count < sizeof bytes && uart_read(uart, &byte))
        bytes[count++] = (char)byte;
    ui_received(ui, port, bytes, count, uart_data_lost(uart), now);
}

void serial_io_receive(struct ui *ui, uint64_t now)
{
    receive(ui, PORT_COM1, now);
    receive(ui, PORT_COM2, now);
}

static bool send(struct ui *ui, enum port port, uint64_t now)
{
    size_t count, sent = 0, total = 0;
    const char *bytes;

    do {
        count = ui_to_send(ui, port, &bytes);
        for (sent = 0; sent < count; sent++)
            if (!uart_send(uart_of(port), (uint8_t)bytes[sent]))
                break;
        ui_sent(ui, port, sent, now);
        total += sent;
    } while (count > 0 && sent == count && total < BATCH_SIZE);
    return count > 0 && sent == count;
}

bool serial_io_send(struct ui *ui, uint64_t now)
{
    bool first = send(ui, PORT_COM1, now);
    bool second = send(ui, PORT_COM2, now);

    return first || second;
}

/* Attempts are counted to limit the wait even if the clock does not advance. */
void serial_io_close_terminal(struct ui *ui)
{
    uint64_t start = clock_now();

    if (ui->view.console == PORT_NONE || ui->ports.terminal.left)
        return;
    terminal_leave(&ui->ports.terminal);
    for (uint32_t tries = 0; tries < CLOSE_US && clock_now() - start < CLOSE_US;
         tries++) {
        send(ui, ui->view.console, start);
        if (!terminal_is_sending(&ui->ports.terminal) &&
            uart_is_idle(uart_of(ui->view.console)))
            return;
        port_delay();
    }
}
