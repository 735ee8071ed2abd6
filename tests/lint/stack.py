#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the kernel's worst-case stack use against the stack size.

    stack.py STACKS OBJECT...

No function may use too much stack by itself, recursion is not allowed, and the
deepest chain of calls must fit, including an interrupt and the exceptions in
it.  Where something is not known, the worst case is assumed.  STACKS is
kernel/arch/stacks.S, which defines the stacks.
"""
import re
import sys

from objects import Elf, Function, Source, read_graph, read_types

FUNCTION_MAX = 512  # bytes
# Bytes of the stack that must stay free: gcc's figures do not include a few
# PUSHes in inline assembly.
MARGIN = 1024

# Maximum nesting: an interrupt, and in it a fault in each part of the panic
# screen (kernel/panic/panic.c), after which the next part continues.
TRAPS = 1 + 8

# Assembly functions: bytes of stack (with those pushed by the CPU), callees.
WORD = 4
ASSEMBLY = {
    "start": (4 * WORD, {"kmain"}),
    # SS, ESP, EFLAGS, CS, EIP; vector and error code; PUSHA; address of the
    # frame.
    "trap_stubs": ((5 + 2 + 8 + 1) * WORD, {"trap_dispatch"}),
    # Return address; saved registers; what IRET pops.
    "user_enter": ((1 + 5 + 5) * WORD, {"segments_trap_stack"}),
    "user_leave": (2 * WORD, {"segments_trap_stack"}),
}
# Functions of emu/check/baseline/*.S, most of which save EBX.
FORM = re.compile(r"(july|loop|mix|rewrite|rate)_\w+$")
FORM_SIZE = 2 * WORD

# A task that runs on its own stack and never returns.
ON_FAULT_STACK = "kernel/arch/traps.c:double_fault"

# The entry points of ring 3, which has a stack of its own.
ON_GUEST_STACK = {"kernel/hypervisor/guest.c:execute",
                  "kernel/hypervisor/entry_cost.c:leave"}

# Translated code, by the name of the pointer to it.  It saves EBX and ESI.
GENERATED = {"translated": 3 * WORD}

# Tables with the targets of the pointer FILE:NAME, if its type alone matches
# more functions.  Functions that are also kept elsewhere remain reachable.
COMMANDS = {"kernel/ui/command_table.c:rows",
            "kernel/ui/command_table.c:load_row",
            "kernel/ui/command_table.c:receive_row",
            "kernel/ui/command_table.c:machine_row",
            "kernel/ui/base/command_dispatch.c:command_discard",
            # Functions used only in comparisons, to find a row.
            "kernel/ui/pages/system_info.c:system_info_event",
            "kernel/ui/command_table.c:leave",
            "kernel/ui/debugger/debugger.c:debug_event",
            "kernel/ui/pages/help.c:help_event",
            "kernel/ui/keys.c:reboots",
            "kernel/ui/keys.c:ask_reboot",
            "kernel/ui/keys.c:handle"}
PAGES = {"kernel/ui/page_list.c:page_list"}
TABLES = {
    "kernel/ui/ui.c:draw": PAGES,
    "kernel/ui/base/page_switch.c:leave": PAGES,
    "kernel/ui/base/page_switch.c:commit": PAGES,
    "kernel/ui/pages/help.c:draw": {"kernel/ui/pages/help.c:pages"},
    "kernel/ui/pages/demonstration.c:act": {
        "kernel/ui/pages/demonstration.c:offers"},
    "kernel/ui/save/save.c:act": {"kernel/ui/save/save.c:rows"},
    "kernel/ui/machines/machines.c:act": {
        "kernel/ui/machines/machines.c:letters"},
    "kernel/ui/pages/tour.c:prepared": {"kernel/ui/pages/tour.c:pages"},
    "kernel/ui/base/confirm.c:act": COMMANDS,
    "kernel/ui/base/command_dispatch.c:act": COMMANDS,
}
TABLED = set().union(*TABLES.values())
# Tables that contain all targets of the pointer.
INTERPRETER = {"emu/engine/predecoded.c:engine_predecoded"}
ONLY = {
    "kernel/drivers/pic.c:handlers": {"kernel/drivers/clock.c:clock_start",
                                      "kernel/drivers/clock_rtc.c:"
                                      "clock_rtc_start_wakeup",
                                      "kernel/drivers/keyboard.c:"
                                      "keyboard_start",
                                      "kernel/drivers/uart.c:handlers",
                                      "kernel/platform/usb_input.c:"
                                      "usb_input_start"},
    "kernel/drivers/power.c:methods": {"kernel/drivers/power.c:methods"},
    "kernel/panic/panic.c:parts": {"kernel/panic/panic.c:parts"},
    "kernel/drivers/clock.c:on_tick": {
        "kernel/platform/watchdog.c:watchdog_start"},
    "kernel/platform/watchdog.c:on_hang": {"kernel/main.c:kmain"},
    "emu/translator/execute.c:run": INTERPRETER,
    "emu/translator/execute.c:start": INTERPRETER,
    "emu/translator/execute.c:state_changed": INTERPRETER,
    "emu/translator/execute.c:restart": INTERPRETER,
}

# Breaks the rules on purpose to cause a trap, so its calls are not followed.
INJECTED = "kernel/panic/fault_injection.c", "kernel/panic/wild_engine.c"

# Never recursive, although the call graph contains a cycle.
ONCE = {
    # Once the future is discarded, there is no further question.
    "kernel/ui/base/command_dispatch.c:discard_future",
    # What begins a state (rows[].begin) enters no other one.
    "floppy_enter",
}


class Fault(Exception):
    pass


class Kernel:
    def __init__(self, objects):
        self.functions = {}
        self.types = {}
        self.kept = {}  # places that keep the address, by function
        self.untold = set()  # called by assembly, but not listed above
        self.found = {}
        for path in objects:
            (self.read if path.endswith(".c.o") else self.read_assembly)(path)
        for function in list(self.functions.values()):
            for place in function.pointers:
                function.calls |= self.reached(function.source, place)
        unreached = self.kept.keys() & self.functions.keys() - set().union(
            *(f.calls for f in self.functions.values())) - {
                ON_FAULT_STACK, *ON_GUEST_STACK}
        unreached = {title for title in unreached
                     if not title.startswith(INJECTED)}
        if unreached:
            raise Fault("tests/lint/stack.py lets no pointer lead to " +
                        ", ".join(sorted(unreached)))
        self.check_calls()

    def check_calls(self):
        untold = self.untold & self.functions.keys() - ASSEMBLY.keys()
        unknown = {name for f in self.functions.values()
                   for name in f.calls} - self.functions.keys()
        if untold | unknown:
            raise Fault("tests/lint/stack.py is to tell what assembly takes, "
                        "and whom it calls: " +
                        ", ".join(sorted(untold | unknown)))

    def read(self, path):
        name = path.split("/", 1)[1][:-2]  # build/NAME.o
        source = Source(path[:-2] + ".d")
        elf = Elf(path)
        functions = read_graph(path[:-2] + ".ci", source)
        for function in functions.values():
            # gcc lists some calls that it has optimised away.
            function.calls &= functions.keys() | elf.referred()
            if name in INJECTED:
                function.calls, function.pointers = set(), set()
        self.functions |= functions
        self.types |= read_types(path + ".types", name, source)
        for function, keeper in elf.addresses():
            title = f"{name}:{function}"
            if title not in self.types:
                title = function
            if title in self.types:
                keeper = keeper.split(".")[0]
                self.kept.setdefault(title, set()).add(f"{name}:{keeper}")

    def read_assembly(self, path):
        """Reads an assembly object, whose functions are described above."""
        elf = Elf(path)
        told = set()
        for name in {symbol.name for symbol in elf.symbols}:
            if name in ASSEMBLY or FORM.match(name):
                size, calls = ASSEMBLY.get(name, (FORM_SIZE, set()))
                self.functions[name] = Function(None, size, True)
                self.functions[name].calls |= calls
                told |= calls
        self.untold |= elf.referred() - told

    def reached(self, source, place):
        """Returns the functions that a call by pointer at PLACE may reach."""
        names, functions = source.called(place)
        if functions and functions <= self.functions.keys():
            return functions
        generated = names & GENERATED.keys()
        if generated:
            name = generated.pop()
            self.functions[name] = Function(None, GENERATED[name], True)
            return {name}
        types = set().union(*(source.pointers[name] for name in names))
        return {title for title, kept in self.kept.items()
                if (not types or self.types[title] in types) and
                self.may_come(place, names, kept)}

    def may_come(self, place, names, kept):
        """Returns whether NAMES may point to a function kept in KEPT."""
        places = [f"{place.split(':')[0]}:{name}" for name in names]
        for known in ONLY, TABLES:
            if places and all(place in known for place in places):
                tables = set().union(*(known[place] for place in places))
                return bool(kept & tables or
                            known is TABLES and kept - TABLED)
        return True

    def worst(self, title, active=frozenset(), above=()):
        """Returns (stack use, call chain) of the worst case from TITLE."""
        if title in ONCE:
            active |= {title}
        state = title, active
        if state in above:
            chain = [t for t, _ in above[above.index(state):]] + [title]
            raise Fault("a function may call itself: " + " > ".join(chain))
        if state not in self.found:
            function = self.functions[title]
            most, chain = max([self.worst(t, active, above + (state,))
                               for t in sorted(function.calls - active)],
                              default=(0, []))
            self.found[state] = function.size + most, [title] + chain
        return self.found[state]


def stack_in(path, name):
    """Returns the size of the stack NAME, defined in assembly."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = re.search(rf"\.set {name},\s+(\d+)\b", text)
    if not found or not re.search(rf"\.skip +{name}\n", text):
        raise Fault(f"{path} has no stack: .set {name}, N and .skip {name}")
    return int(found[1])


def guest_stack():
    """Returns the size of the stack of ring 3, which is in whole pages."""
    with open("kernel/hypervisor/guest_memory.h", encoding="utf-8") as file:
        return 4096 * int(re.search(r"GUEST_STACK \((\d+) \* MEMORY_PAGE\)",
                                    file.read())[1])


def check(stacks, objects):
    kernel = Kernel(objects)
    faults = [f"{title}: {f.size} bytes of stack, at most {FUNCTION_MAX}"
              for title, f in kernel.functions.items()
              if f.size > FUNCTION_MAX]
    faults += [f"{title}: nothing bounds its stack"
               for title, f in kernel.functions.items() if not f.bounded]
    if faults:
        raise Fault("\n".join(sorted(faults)))
    size = stack_in(stacks, "STACK")
    chain, names = kernel.worst("start")
    trap, trap_names = kernel.worst("trap_stubs")
    total = chain + TRAPS * trap
    if total > size - MARGIN:
        raise Fault(f"at worst {total} of {size} bytes, and {MARGIN} are to "
                    f"stay free:\n" + " > ".join(names) + "\n" +
                    " > ".join(trap_names))
    fault, fault_names = kernel.worst(ON_FAULT_STACK)
    fault_size = stack_in(stacks, "FAULT_STACK")
    if fault > fault_size - MARGIN:
        raise Fault(f"at worst {fault} of {fault_size} bytes of that for "
                    f"double faults, and {MARGIN} are to stay free:\n" +
                    " > ".join(fault_names))
    guest, guest_names = max(kernel.worst(f) for f in ON_GUEST_STACK)
    guest_size = guest_stack()
    if guest > guest_size - MARGIN:
        raise Fault(f"at worst {guest} of {guest_size} bytes of that of ring "
                    f"3, and {MARGIN} are to stay free:\n" +
                    " > ".join(guest_names))
    print(f"stack: {len(kernel.functions)} functions, none above "
          f"{FUNCTION_MAX} bytes; at worst {total:,} of {size:,}:\n"
          f"  {chain:,} in " + " > ".join(names) +
          f"\n  + {TRAPS} x {trap:,} in " + " > ".join(trap_names) +
          f"\nstack of a double fault: at worst {fault:,} of "
          f"{fault_size:,} bytes\nstack of ring 3: at worst {guest:,} of "
          f"{guest_size:,} bytes, in " + " > ".join(guest_names))


if __name__ == "__main__":
    try:
        check(sys.argv[1], sys.argv[2:])
    except Fault as fault:
        sys.exit(f"stack: {fault}")
