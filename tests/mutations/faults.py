# SPDX-License-Identifier: MIT
"""Deliberate faults: what is wrong, the file, what stands there, and what is
put in its place.  What stands there must occur exactly once."""

HANDOVER = "emu/handover.c"
THREADED = "emu/threaded.c"
PREDECODED = "emu/predecoded.c"

FAULTS = [
    # What the fast engines share.
    ("a line that the reference wrote is not told", HANDOVER,
     "if (bar.stored)", "if (false)"),
    ("a stop fires on the first prepulse of a call", HANDOVER,
     "if (obeyed > 0 && stops_here", "if (stops_here"),
    ("a stop goes before a used-up budget", HANDOVER,
     "if (obeyed == budget)",
     "if (obeyed == budget && obeyed > 0 && stops_here(machine, stops))\n"
     "return (struct outcome){obeyed, ENDED_STOPPED_AT};\n"
     "if (obeyed == budget)"),
    ("a hung prepulse counts as an instruction", HANDOVER,
     "return (struct outcome){obeyed, ENDED_HUNG};",
     "return (struct outcome){obeyed + 1, ENDED_HUNG};"),
    ("the neon is not looked at", HANDOVER,
     "while (!machine->neon) {",
     "for (bool first = true; first || !machine->neon; first = false) {"),

    # Threaded.
    ("one instruction too many", THREADED,
     "if (--left == 0)", "if (left-- == 0)"),
    ("a stop is passed over", THREADED,
     "|| obeying >> word_line(ci) & 1", ""),
    ("function digits in CI are overlooked", THREADED,
     "ci & FUNCTION_DIGITS || obeying", "obeying"),
    ("CI is one ahead where it leaves", THREADED,
     "ci = before;", ";"),
    ("ci5 is forgotten", THREADED,
     "machine->ci5 || ", ""),
    ("immediate_test is forgotten", THREADED,
     "machine->ci5 || machine->immediate_test", "machine->ci5"),
    ("the flip-flop is lost at the end of a budget", THREADED,
     "machine->test = last == CMP &&", "machine->test = false &&"),
    ("the flip-flop is not obeyed at the start of a call", THREADED,
     "threaded->ci = machine_next_control(machine);",
     "threaded->ci = machine->ci + 1;"),

    # Predecoded.
    ("a STO leaves the slot as it was", PREDECODED,
     "to->routine = &&undecoded;", ""),
    ("a STO into its own line is decoded like others", PREDECODED,
     "(word_function(word) == STO && word_line(word) == line)", "false"),
    ("the slot of a line to stop at is decoded like others", PREDECODED,
     "predecoded->obeying != 0 || ", ""),
    ("a jump believes its cache", PREDECODED,
     "if (ci != at->key) {", "if (at->key == 0) {"),
    ("a line edited outside is not decoded anew", PREDECODED,
     "predecoded->stale |= 1u << line;", "(void)line;"),
    ("a change outside is not noticed", PREDECODED,
     "\n    predecoded->stale = UINT32_MAX;\n    predecoded->obeyed",
     "\n    predecoded->obeyed"),
    ("a slot that leaves counts as obeyed", PREDECODED,
     "if (leaves)", "if (false)"),
    ("a line is obeyed whatever changed", PREDECODED,
     "predecoded->slot[line].operand = NULL;", ";"),
    ("a line to stop at is decoded like others", PREDECODED,
     "predecoded->obeying >> line & 1 ||", ""),
    ("one instruction too many", PREDECODED,
     "if (--left == 0)", "if (left-- == 0)"),
    ("a Stop is not counted", PREDECODED,
     "    at = to;\n    left--;", "    at = to;"),
    ("a lap is not counted", PREDECODED,
     "predecoded->lap += LINES;", ""),
    ("CI runs into function digits unseen", PREDECODED,
     "if (predecoded->lap & FUNCTION_DIGITS)", "if (false)"),
    ("a jump to function digits is taken", PREDECODED,
     "if (ci & FUNCTION_DIGITS) ", "if (false) "),
    ("JRP adds to the start of the lap", PREDECODED,
     "JUMP(source(predecoded, at) + *at->operand);",
     "JUMP(predecoded->lap + *at->operand);"),
    ("a jump goes to the line itself", PREDECODED,
     "word_line(ci) + 1;", "word_line(ci);"),
    ("function 5 tests", PREDECODED,
     "[SUB + 1] = &&sub", "[SUB + 1] = &&cmp"),
    ("CI forgets the flip-flop", PREDECODED,
     " - 1 - machine->test", " - 1"),
    ("the neon stays dark", PREDECODED,
     "machine->neon = function == STP;", ""),
    ("two machines share slots", PREDECODED,
     "struct predecoded *predecoded = state;\n    uint32_t control",
     "static struct predecoded shared;\n"
     "struct predecoded *predecoded = &shared;\n"
     "predecoded->stale |= ((struct predecoded *)state)->stale;\n"
     "((struct predecoded *)state)->stale = 0;\n"
     "predecoded->machine = machine;\n"
     "uint32_t control"),
]
