#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the dependencies between files and between folders.

    python3 tests/lint/structure.py OBJECT.o ...

A module is a .c file (or .S) with the .h file of the same name.  One module
uses another if it includes its header, or if its object refers to a symbol
that the other's defines.  Neither files nor folders of emu/ and kernel/ may
form a circle, a folder may use only those listed for it in FOLDERS, and holds
at most FILES_MAX .c files.  Nothing includes a file from tests/.
"""
import collections
import os
import re
import subprocess
import sys

FILES_MAX = 20  # .c files in a folder

# The folders that each folder may use, in addition to what these may use.
FOLDERS = {
    "emu/machine": [],
    "emu/text": ["emu/machine"],
    "emu/engine": ["emu/text"],
    "emu/translator": ["emu/engine"],
    "emu": ["emu/translator"],
    "emu/history": ["emu"],
    "emu/format": ["emu/text"],
    "emu/session": ["emu/history"],
    "emu/guests": ["emu/session"],
    "emu/check": ["emu", "emu/format"],
    "emu/check/baseline": ["emu/check"],
    "kernel/lib": [],
    "kernel/arch": ["kernel/lib", "emu/text"],
    "kernel/drivers": ["kernel/arch"],
    "kernel/drivers/floppy": ["kernel/drivers"],
    "kernel/drivers/usb": ["kernel/drivers"],
    "kernel/hypervisor": ["kernel/drivers", "emu"],
    "kernel/console": ["kernel/lib", "emu/text"],
    "kernel/video/fonts": ["kernel/console"],
    "kernel/video": ["kernel/drivers", "kernel/video/fonts"],
    "boot": [],
    "kernel/qr": ["kernel/lib"],
    "kernel/services": ["emu/guests", "emu/format", "emu/check", "boot",
                        "kernel/console"],
    "kernel/ui/base": ["kernel/services"],
    "kernel/ui/debugger": ["kernel/ui/base"],
    "kernel/ui/lab": ["kernel/ui/base"],
    "kernel/ui/pages": ["kernel/ui/base"],
    "kernel/ui/save": ["kernel/ui/base", "kernel/qr"],
    "kernel/ui/machines": ["kernel/ui/pages"],
    "kernel/ui": ["kernel/ui/debugger", "kernel/ui/lab", "kernel/ui/machines",
                  "kernel/ui/save"],
    "kernel/platform": ["kernel/ui", "kernel/video", "kernel/hypervisor",
                        "kernel/drivers/floppy", "kernel/drivers/usb",
                        "emu/check/baseline"],
    "kernel/panic": ["kernel/platform"],
    "kernel": ["kernel/panic"],
    "kernel/host": ["kernel/ui", "kernel/platform"],
}

# The entry point, which calls the kernel from the lowest folder.
ENTRY = "boot/header"

# Symbols that the compiler refers to, and those of libc.
COMPILER = re.compile(r"__stack_chk_|__ubsan_|__udivdi3$|__umoddi3$|"
                      r"__udivmoddi4$|mem(cpy|move|set|cmp)$|str(len|cmp)$")


class Wrong(Exception):
    pass


# ------------------------------------------------------------- modules --- #

def module(path):
    """Returns PATH without its suffix, as a .c and its .h are one module."""
    return os.path.splitext(path)[0]


def sources():
    found = []
    for top in "boot", "emu", "kernel":
        for folder, _, names in os.walk(top):
            found += [os.path.join(folder, name) for name in names
                      if name.endswith((".c", ".h", ".S"))]
    return sorted(found)


def resolve(path, name):
    """Returns the file that #include "NAME" in PATH refers to."""
    for folder in os.path.dirname(path), "", "kernel", "kernel/lib":
        candidate = os.path.normpath(os.path.join(folder, name))
        if os.path.exists(candidate):
            return candidate
    raise Wrong(f"{path} includes {name}, which is not there")


def includes(paths):
    """Returns {module: modules it includes}."""
    graph = collections.defaultdict(set)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for name in re.findall(r'^#include "([^"]+)"', text, re.M):
            other = resolve(path, name)
            if other.startswith("tests/"):
                raise Wrong(f"{path} includes {other}")
            graph[module(path)].add(module(other))
    return graph


def symbols(path):
    """Returns the global symbols that an object (defines, refers to)."""
    output = subprocess.run(["nm", "-g", path], capture_output=True,
                            text=True, check=True).stdout
    defined, referred = set(), set()
    for line in output.splitlines():
        *_, kind, name = line.split()
        if not COMPILER.match(name):
            (referred if kind in "Uw" else defined).add(name)
    return defined, referred


def name_of(path):
    """Returns the source of build/NAME.o; it may be generated, in build/."""
    return re.sub(r"^(build/)+", "", path)[:-2]


def references(objects):
    """Returns {module: modules whose symbols it refers to}."""
    tables = {module(name_of(path)): symbols(path)
              for path in objects}  # build/PATH.o
    owner = {name: unit for unit, (defined, _) in tables.items()
             for name in defined}
    return {unit: {owner[name] for name in referred if name in owner}
            for unit, (_, referred) in tables.items()}


# -------------------------------------------------------------- checks --- #

def circle(graph):
    """Returns a cycle in GRAPH as a list, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for other in sorted(graph.get(node, ())):
            found = other != node and visit(other)
            if found:
                return found
        path.pop()
        done.add(node)
        return None

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        found = visit(node)
        if found:
            return found
    return None


def allowed():
    """Returns {folder: all folders it may use}."""
    found = {}

    def close(folder):
        if folder not in found:
            found[folder] = {folder}
            for other in FOLDERS[folder]:
                found[folder] |= close(other)
        return found[folder]

    for folder in FOLDERS:
        close(folder)
    return found


def check_folders(graph):
    may = allowed()
    for unit, others in sorted(graph.items()):
        folder = os.path.dirname(unit)
        if folder not in may:
            raise Wrong(f"{folder} is not in FOLDERS")
        for other in sorted(others):
            if os.path.dirname(other) not in may[folder]:
                raise Wrong(f"{unit} uses {other}, which {folder} must not")


def check_sizes(paths):
    count = collections.Counter(os.path.dirname(path) for path in paths
                                if path.endswith(".c"))
    for folder, files in count.items():
        if files > FILES_MAX:
            raise Wrong(f"{folder} holds {files} .c files")
    return count


def check(objects):
    paths = sources()
    graph = includes(paths)
    for unit, others in references(objects).items():
        graph[unit] |= others
    graph.pop(ENTRY)
    check_folders(graph)
    found = circle(graph)
    if found:
        raise Wrong("a circle: " + " > ".join(found))
    sizes = check_sizes(paths)
    return (f"structure: {len(graph)} modules without a circle in "
            f"{len(sizes)} folders of at most {max(sizes.values())} .c files")


if __name__ == "__main__":
    try:
        print(check(sys.argv[1:]))
    except Wrong as wrong:
        sys.exit(f"structure: {wrong}")
