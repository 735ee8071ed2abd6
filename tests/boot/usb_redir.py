# SPDX-License-Identifier: MIT
"""USB devices made of descriptors in Python, for QEMU's device usb-redir.

QEMU sends what its host controller does with the device over a socket, in the
packets of the usbredir protocol ("USB Network Redirection protocol", version
0.7).  A device here is the protocol's usb-host, and QEMU its usb-guest."""
import os
import socket
import struct
import tempfile
import threading
from typing import NamedTuple

from pc import LIMIT

# Types of packets
(HELLO, CONNECT, DISCONNECT, RESET, INTERFACE_INFO, EP_INFO, SET_CONFIGURATION,
 GET_CONFIGURATION, CONFIGURATION_STATUS, SET_ALT, GET_ALT,
 ALT_STATUS) = range(12)
START_RECEIVING, STOP_RECEIVING, RECEIVING_STATUS = 15, 16, 17
CANCEL = 21
CONTROL, INTERRUPT = 100, 103

# Capabilities: bcdDevice in CONNECT, packet sizes in EP_INFO, numbers of 64
# bits, and bulk transfers of 32 bits.  QEMU's xHCI demands the last three.
CAPABILITIES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6

# What is sent back: the type of packet, and what follows the state and the data
# received.  Devices have one configuration and no alternate settings.
ANSWERS = {
    SET_CONFIGURATION: (CONFIGURATION_STATUS, b""),
    GET_CONFIGURATION: (CONFIGURATION_STATUS, b"\1"),
    SET_ALT: (ALT_STATUS, b""),
    GET_ALT: (ALT_STATUS, b"\0"),
    START_RECEIVING: (RECEIVING_STATUS, b""),
    STOP_RECEIVING: (RECEIVING_STATUS, b""),
}

OK, CANCELLED, STALL, BABBLE = 0, 1, 4, 6  # states of a transfer

# Type, length and number; that of HELLO is always of 32 bits.
HEADER, HELLO_HEADER = struct.Struct("<IIQ"), struct.Struct("<III")
CONTROL_HEADER = struct.Struct("<4B3H")
INTERRUPT_HEADER = struct.Struct("<BBH")
ENDPOINTS = 32  # those to the host come after those to the device
UNUSED, CONTROL_TYPE, INTERRUPT_TYPE = 255, 0, 3

LOW, FULL, HIGH = 0, 1, 2

TO_HOST = 0x80  # direction of a request

# Requests: type and number (USB 2.0, table 9-4; HID 1.11, 7.2)
GET_DESCRIPTOR = 0x80, 6
SET_REPORT, SET_IDLE, SET_PROTOCOL = (0x21, 9), (0x21, 10), (0x21, 11)
DEVICE, CONFIGURATION = 1, 2  # types of descriptors

USAGES = {c: 4 + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz"
                                         "1234567890")}
USAGES |= {" ": 0x2C}
CAPS_LOCK = 0x39


def keys(*usages):
    """A keyboard's report (HID 1.11, B.1)."""
    return bytes([0, 0, *usages]).ljust(8, b"\0")


class Interface(NamedTuple):
    """An interface with one interrupt IN endpoint."""
    function: tuple = (3, 1, 1)  # class, subclass, protocol: a boot keyboard
    endpoint: int = 1
    packet: int = 8
    extra: bytes = bytes([9, 0x21, 0x11, 1, 0, 1, 0x22, 63, 0])  # HID

    def descriptors(self, number):
        """USB 2.0, 9.6.5 and 9.6.6; polled every 8 ms at full speed."""
        return (bytes([9, 4, number, 0, 1, *self.function, 0]) + self.extra +
                struct.pack("<BBBBHB", 7, 5, 0x80 | self.endpoint,
                            INTERRUPT_TYPE, self.packet, 8))


MOUSE = Interface((3, 1, 2), endpoint=2, packet=4)
VENDOR = Interface((0xFF, 0, 0), endpoint=2, packet=64, extra=b"")


def device_descriptor(packet_size):
    """USB 2.0, table 9-8."""
    return struct.pack("<BBH4B3H4B", 18, DEVICE, 0x200, 0, 0, 0, packet_size,
                       0x1234, 0x5678, 0x100, 0, 0, 0, 1)


def configuration(interfaces):
    """USB 2.0, table 9-10, and all that belongs to it."""
    rest = b"".join(interface.descriptors(number)
                    for number, interface in enumerate(interfaces))
    return struct.pack("<BBH5B", 9, CONFIGURATION, 9 + len(rest),
                       len(interfaces), 1, 0, 0xA0, 50) + rest


class Device:
    """A USB device.  Use as a context manager around that of the PC."""

    def __init__(self, interfaces=(), speed=FULL, packet_size=8, stalls=(),
                 silent=(), plugged=True):
        """STALLS and SILENT: requests that it refuses or never answers.
        Unless PLUGGED in from the start, call connect()."""
        self.interfaces = interfaces or (Interface(),)
        self.speed = speed
        self.packet_size = packet_size
        self.stalls = stalls
        self.silent = silent
        self.plugged = plugged
        self.descriptors = {
            DEVICE: device_descriptor(packet_size),
            CONFIGURATION: configuration(self.interfaces),
        }
        self.requests = []  # (type and number, value, index, data)
        self.receiving = set()  # endpoints that the controller reads
        self.starts = 0  # number of times that it began to read one
        self.error = None
        self.folder = tempfile.TemporaryDirectory(prefix="baby-usb-")
        self.path = os.path.join(self.folder.name, "usb")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen()
        self.listener.settimeout(LIMIT)
        self.changed = threading.Condition()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        """The PC must have ended."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(LIMIT)
        self.folder.cleanup()
        if self.error and not kind:
            raise self.error

    def arguments(self, name="redirected", **properties):
        """QEMU's arguments for a PC that has the device."""
        more = "".join(f",{k}={v}" for k, v in properties.items())
        return ["-chardev", f"socket,id={name}-socket,path={self.path}",
                "-device", f"usb-redir,id={name},chardev={name}-socket" + more]

    # --------------------------------------------------------- for tests ---

    def until(self, condition, what):
        """Waits until CONDITION() holds, which depends on packets."""
        with self.changed:
            assert self.changed.wait_for(condition, LIMIT), \
                f"never came: {what}; {self.error} {self.requests}"

    def asked(self, request):
        """The data of all such requests so far."""
        return [data for kind, _, _, data in self.requests if kind == request]

    def report(self, data, endpoint=1, status=OK):
        """Sends what an interrupt endpoint has for the controller."""
        self.until(lambda: endpoint in self.receiving, f"endpoint {endpoint}")
        self.send(INTERRUPT, INTERRUPT_HEADER.pack(
            0x80 | endpoint, status, len(data)) + data)

    def err(self, data, status=OK):
        """Sends an invalid report, and waits until the endpoint has been
        repaired: QEMU drops reports that come before."""
        starts = self.starts
        self.report(data, status=status)
        self.until(lambda: self.starts > starts, "a repair")

    def press(self, pc, usage, endpoint=1):
        """Presses a key and releases it, and waits until it is taken."""
        wanted = pc.perf_counters()[1] + 2
        self.report(keys(usage), endpoint)
        self.report(keys(), endpoint)
        pc.until(lambda: pc.perf_counters()[1] >= wanted, f"taking {usage}")

    def type(self, pc, text, endpoint=1):
        """Types TEXT, key by key."""
        for c in text:
            self.press(pc, USAGES[c], endpoint)

    def disconnect(self):
        self.receiving.clear()
        self.send(DISCONNECT, b"")

    def connect(self):
        """Plugs it in; QEMU needs its endpoints first."""
        count = len(self.interfaces)
        columns = zip(*(interface.function for interface in self.interfaces))
        self.send(INTERFACE_INFO, struct.pack("<I", count) + b"".join(
            bytes(column).ljust(32, b"\0")
            for column in [range(count), *columns]))
        types, owners = [UNUSED] * ENDPOINTS, [0] * ENDPOINTS
        intervals, sizes = [0] * ENDPOINTS, [0] * ENDPOINTS
        types[0] = types[16] = CONTROL_TYPE
        sizes[0] = sizes[16] = self.packet_size
        for number, interface in enumerate(self.interfaces):
            index = 16 + interface.endpoint
            types[index], owners[index] = INTERRUPT_TYPE, number
            intervals[index], sizes[index] = 8, interface.packet
        self.send(EP_INFO, bytes(types + intervals + owners) +
                  struct.pack("<32H", *sizes))
        self.send(CONNECT, struct.pack("<4B3H", self.speed, 0, 0, 0, 0x1234,
                                       0x5678, 0x100))

    # -------------------------------------------------------- the thread ---

    def send(self, kind, data, number=0):
        with self.changed:
            self.socket.sendall(HEADER.pack(kind, len(data), number) + data)

    def greet(self, file):
        name = b"tests/boot/usb_redir.py".ljust(64, b"\0")
        self.socket.sendall(HELLO_HEADER.pack(HELLO, 68, 0) + name +
                            struct.pack("<I", CAPABILITIES))
        kind, length, _ = HELLO_HEADER.unpack(file.read(HELLO_HEADER.size))
        assert kind == HELLO
        file.read(length)

    def serve(self):
        try:
            self.socket, _ = self.listener.accept()
            with self.socket, self.socket.makefile("rb") as file:
                self.greet(file)
                if self.plugged:
                    self.connect()
                while header := file.read(HEADER.size):
                    kind, length, number = HEADER.unpack(header)
                    data = file.read(length)
                    with self.changed:
                        self.answer(kind, number, data)
                        self.changed.notify_all()
        except OSError:
            pass  # QEMU has ended
        except Exception as error:  # for the thread of the test
            self.error = error

    def answer(self, kind, number, data):
        if kind == CONTROL:
            self.control(number, data)
        elif kind == CANCEL:  # only control transfers wait here
            self.send(CONTROL, CONTROL_HEADER.pack(0, 0, 0, CANCELLED, 0, 0,
                                                   0), number)
        elif kind == RESET:
            self.receiving.clear()
        else:
            state, end = ANSWERS[kind]
            if kind == START_RECEIVING:
                self.receiving.add(data[0] & 0xF)
                self.starts += 1
            elif kind == STOP_RECEIVING:
                self.receiving.discard(data[0] & 0xF)
            self.send(state, bytes([OK]) + data + end, number)

    def control(self, number, data):
        """A control transfer, answered as the device was made."""
        endpoint, request, type_, _, value, index, length = \
            CONTROL_HEADER.unpack_from(data)
        key = type_, request
        self.requests.append((key, value, index, data[CONTROL_HEADER.size:]))
        if key in self.silent:
            return
        status, back = OK, b""
        if type_ & TO_HOST:
            if key == GET_DESCRIPTOR:
                back = self.descriptors.get(value >> 8, b"")[:length]
            length = len(back)
        if key in self.stalls or type_ & TO_HOST and not back:
            status, length, back = STALL, 0, b""
        self.send(CONTROL, CONTROL_HEADER.pack(
            endpoint, request, type_, status, value, index, length) + back,
            number)
