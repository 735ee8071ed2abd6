# SPDX-License-Identifier: MIT
"""Operates the page of machines at random, on PCs that start with several.

A machine is deterministic.  So its state is that of the model after as many
prepulses from the same start, whatever was done to it and to others."""
import copy
import re

from steps import (NAMES, compare, home, look, press, random_input,
                   random_machine, restore, turn)
import model
from baby import READY, shipped
from pc import PC

ACTIONS = 60  # per PC
COMPARED = 6  # machines at the end, if there are so many
LIMIT_MAX = 300_000  # instructions of a machine that runs at any speed
SPEEDS = ["1", "2", "7", "real", "8.5us", "x10", "x100", "x1000", "max"]
SLOW = SPEEDS.index("x10")  # without a limit, faster ones outrun the model
KINDS = [("-cpu", "486"), ("-cpu", "max")]
MEMORIES = [4, 5, 8, 16, 32, 64]
OPTIONS = ["", "", "noirq", "notsc", "cpu=386", "video=text25"]
STATES = {"running", "stopped", "hung", "paused", "killed"}
FIRST = READY, "Enter: focus"  # in the last row of the first screen
FULL = "This PC has memory for", "There are 64 machines already"


class Machine:
    """What the machine of some number must be."""

    def __init__(self, baby, speed, limit=None):
        baby.prepulses, baby.hung = 0, False
        self.start = baby
        self.speed = speed
        self.limit = limit  # instruction after which it stops, or None
        self.restart()

    def restart(self):
        self.baby = copy.deepcopy(self.start)
        self.paused = self.killed = False

    def may_be(self, state):
        if self.killed or self.paused:
            return state == ("killed" if self.killed else "paused")
        return state in {"running", "stopped", "hung"}


def title(lines):
    """How many machines there are, and how many fit."""
    return [int(n) for n in re.search(r"(\d+) of (\d+)$", lines[0]).groups()]


def rows(lines):
    """The states that the table shows, by number."""
    return {int(line[1:3]): line[22:30].strip() for line in lines
            if re.match(r" [ \d]\d", line) and line[22:30].strip() in STATES}


class Operator:
    def __init__(self, pc, figures, rng, speed):
        self.pc, self.figures, self.rng = pc, figures, rng
        self.focus = 1
        self.machines = {1: Machine(model.Baby(shipped("july1948")), speed)}
        self.open()
        count, self.most = title(pc.text())
        for i in range(count - 1):
            baby = model.Baby(shipped(NAMES[i % len(NAMES)]))
            self.machines[i + 2] = Machine(baby, speed)
        self.figures.machines += count

    # ---- The page ----

    def key(self, *keys):
        press(self.pc, self.figures, *keys)

    def keys(self, key, count):
        for _ in range(count):
            self.key(key)

    def open(self):
        """Opens the page, as a table."""
        home(self.pc, self.figures)
        self.key("ctrl", "g")
        self.pc.wait_for("Baby   Machines")
        turn(self.pc)
        if "got%" not in look(self.pc):
            self.key("t")
            self.pc.wait_for("got%")

    def check(self):
        """Waits until the page shows what must be."""
        def agrees(lines):
            shown = rows(lines)
            return (title(lines) == [len(self.machines), self.most] and shown
                    and all(n in self.machines and self.machines[n].may_be(s)
                            for n, s in shown.items()))

        self.pc.wait(agrees, f"{len(self.machines)} machines as in the model")
        look(self.pc)

    def choose(self, number):
        self.key("home")
        self.keys("down", sorted(self.machines).index(number))
        self.pc.wait_for(f"Machine {number}: ")
        return self.machines[number]

    def any(self):
        return self.rng.choice(sorted(self.machines))

    def says(self, words):
        self.pc.wait_for(words)

    # ---- Actions ----

    def add(self, machine):
        """Expects that MACHINE was added, at the lowest free number."""
        if len(self.machines) == self.most:
            self.pc.wait(lambda lines: any(f in "\n".join(lines) for f in FULL),
                         "no memory for another machine")
            return
        number = next(n for n in range(1, 65) if n not in self.machines)
        self.machines[number] = machine
        self.figures.machines += 1

    def new(self):
        speed = self.machines[self.focus].speed
        if speed > SLOW:
            return
        row = self.rng.randrange(len(NAMES))
        self.key("n")
        self.pc.wait_for("Baby   Programs")
        self.keys("down", row)
        self.key("ret")
        self.pc.wait_for("Baby   Machines")
        self.add(Machine(model.Baby(shipped(NAMES[row])), speed))

    def clone(self):
        number = self.any()
        machine = self.choose(number)
        self.key("c")
        if machine.killed:
            self.says(f"Machine {number} was killed: restart or remove it")
        else:
            self.add(copy.deepcopy(machine))

    def pause(self):
        number = self.any()
        machine = self.choose(number)
        self.key("p")
        if number == self.focus:
            self.says(f"Machine {number} is in focus")
        elif machine.killed:
            self.says(f"Machine {number} was killed: restart or remove it")
        else:
            machine.paused = not machine.paused

    def kill(self):
        number = self.any()
        machine = self.choose(number)
        self.key("k")
        if number == self.focus:
            self.says(f"Machine {number} is in focus")
        elif machine.killed:
            self.says(f"Machine {number} was killed: restart or remove it")
        else:
            machine.killed, machine.paused = True, False

    def restart(self):
        self.choose(self.any()).restart()
        self.key("r")

    def remove(self):
        number = self.any()
        self.choose(number)
        self.key("delete")
        if number == self.focus:
            self.says(f"Machine {number} is in focus: focus another one first")
        else:
            del self.machines[number]

    def share(self):
        self.choose(self.any())
        key = self.rng.choice(["equal", "minus", "bracket_left",
                               "bracket_right"])
        self.keys(key, self.rng.randrange(1, 20))

    def speed(self):
        machine = self.choose(self.any())
        fastest = SLOW if machine.limit is None else len(SPEEDS) - 1
        speed = self.rng.randrange(fastest + 1)
        self.keys("f11" if speed < machine.speed else "f12",
                  abs(speed - machine.speed))
        machine.speed = speed

    def engine(self):
        self.choose(self.any())
        self.keys("e", self.rng.randrange(1, 5))

    def views(self):
        for key in self.rng.choice(["tt", "vvv", "tvt", "vvv"]):
            self.key(key)
            turn(self.pc)
            look(self.pc)
        self.open()

    def bring(self, number):
        """Brings a machine into focus, and compares its state."""
        machine = self.choose(number)
        self.key("ret")
        if machine.killed:
            self.says(f"Machine {number} was killed: R restarts it")
            return
        self.pc.wait(lambda lines: "Machines" not in lines[0], "another page")
        self.focus = number
        machine.paused = False
        compare(self.pc, self.figures, machine.baby)
        self.open()

    def change_focus(self):
        self.bring(self.any())

    def receive(self):
        """Restores a random machine in focus, which runs up to a limit."""
        baby = random_machine(self.rng)
        limit = self.rng.randrange(1, LIMIT_MAX)
        home(self.pc, self.figures)
        self.key("f6")  # a stop would have a message of its own
        restore(self.pc, self.figures, baby)
        self.figures.programs += 1
        self.key("ctrl", "b")
        self.pc.wait_for("After instruction")
        for digit in str(limit):
            self.key(digit)
        self.key("a")
        home(self.pc, self.figures)
        self.key("f5")
        speed = self.machines[self.focus].speed
        self.machines[self.focus] = Machine(baby, speed, limit)
        self.open()

    def act(self):
        action = self.rng.choice([
            self.new, self.clone, self.clone, self.pause, self.pause,
            self.kill, self.restart, self.restart, self.remove, self.share,
            self.speed, self.engine, self.views, self.change_focus,
            self.change_focus, self.receive, self.receive])
        self.figures.actions[action.__name__] += 1
        action()
        turn(self.pc)
        self.check()


def one_pc(figures, rng):
    speed = rng.choice(SPEEDS[2:SLOW + 1])
    words = [f"guests={rng.randrange(1, 65)}", f"speed={speed}",
             rng.choice(OPTIONS)]
    rows_ = 24 if "video=text25" in words else 50
    arguments = [*rng.choice(KINDS), "-m", str(rng.choice(MEMORIES))]
    print("machines", *arguments, *words, flush=True)
    with PC(*arguments, append=" ".join(words), rows=rows_,
            com1="wire") as pc:
        try:
            pc.wait(lambda lines: any(keys in lines[-1] for keys in FIRST),
                    "the first screen")
            figures.pcs += 1
            operator = Operator(pc, figures, rng, SPEEDS.index(speed))
            for _ in range(ACTIONS):
                operator.act()
            for _ in range(COMPARED):
                operator.change_focus()
            random_input(pc, figures, rng)
        except BaseException:
            print("\n".join(pc.text()))
            raise
