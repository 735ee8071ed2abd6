# SPDX-License-Identifier: MIT
"""Reads information on the kernel's functions from its objects: stack use and
calls (gcc's .ci files), types (gcc's .types files), and the places that keep a
function's address (ELF relocations).

A call by pointer may reach every function whose address is kept somewhere and
whose type is that of a pointer with this name.  Function pointers are never
cast, as gcc would warn (-Wcast-function-type).
"""
import collections
import functools
import re
import struct

# ------------------------------------------------------ the call graph --- #

NODE = re.compile(r'node: { title: "([^"]+)" label: "([^"]+)"')
EDGE = re.compile(r'edge: { sourcename: "([^"]+)" targetname: "([^"]+)"'
                  r'(?: label: "([^"]+)")?')


class Function:
    def __init__(self, source, size, bounded):
        self.source = source
        self.size = size
        self.bounded = bounded
        self.calls = set()
        self.pointers = set()  # FILE:LINE:COLUMN of calls by pointer


def read_graph(path, source):
    """Returns the functions of a .ci file by title (FILE:NAME if static)."""
    functions = {}
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for title, label in NODE.findall(text):
        size = re.search(r"(\d+) bytes \((.*)\)$", label)
        if size:
            functions[title] = Function(source, int(size[1]), size[2] in (
                "static", "dynamic,bounded"))
    for caller, called, place in EDGE.findall(text):
        if called == "__indirect_call":
            functions[caller].pointers.add(place)
        else:
            functions[caller].calls.add(called)
    return functions


# ----------------------------------------------------------------- ELF --- #

SYMBOLS, RELOCATIONS = 2, 9  # types of sections
IN_MEMORY = 2  # section flag
ANY, DATA, CODE, SECTION = 0, 1, 2, 3  # kinds of symbols
R_386_32 = 1  # an address, not a call or jump

Section = collections.namedtuple(
    "Section", "name type flags address at size link info")
Symbol = collections.namedtuple("Symbol", "name at size kind section")


class Elf:
    """A relocatable ELF file for the i386."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        header = struct.unpack_from("<16s2H5I6H", self.data)
        at, size, count = header[6], header[11], header[12]
        self.sections = [Section(*self.unpack("<8I", at + size * i))
                         for i in range(count)]
        self.symbols = [self.symbol(section, section.at + at)
                        for section in self.sections
                        if section.type == SYMBOLS
                        for at in range(0, section.size, 16)]

        self.functions = {(s.section, s.at): s for s in self.symbols
                          if s.kind == CODE}

    def unpack(self, form, at):
        return struct.unpack_from(form, self.data, at)

    def symbol(self, table, place):
        name, at, size, kind, _, section = self.unpack("<3I2BH", place)
        start = self.sections[table.link].at + name
        text = self.data[start:self.data.index(b"\0", start)].decode()
        return Symbol(text, at, size, kind & 15, section)

    def relocations(self):
        """Yields (section, offset, kind, symbol) for sections in memory."""
        for section in self.sections:
            if section.type == RELOCATIONS and \
                    self.sections[section.info].flags & IN_MEMORY:
                for place in range(0, section.size, 8):
                    at, what = self.unpack("<2I", section.at + place)
                    yield (section.info, at, what & 255,
                           self.symbols[what >> 8])

    def referred(self):
        return {symbol.name for _, _, _, symbol in self.relocations()}

    def addresses(self):
        """Yields pairs: a function and the object that keeps its address."""
        for home, at, kind, symbol in self.relocations():
            if kind != R_386_32:
                continue
            if symbol.kind == SECTION:
                symbol = self.function(symbol.section, self.unpack(
                    "<I", self.sections[home].at + at)[0])
            if symbol and symbol.kind in (CODE, ANY):
                yield symbol.name, self.keeper(home, at)

    def keeper(self, home, at):
        return next((s.name for s in self.symbols
                     if s.section == home and s.kind in (DATA, CODE) and
                     s.at <= at < s.at + s.size), "")

    def function(self, section, at):
        return self.functions.get((section, at))


# --------------------------------------------------------------- types --- #

TYPED = re.compile(r"^/\* \S+ \*/ (static|extern) ([^(\n]*?)(\w+) "
                   r"\((.*?)\);", re.M)
ONE = re.compile(r"(?:volatile )?((?:const )?"
                 r"(?:(?:struct|union|enum) \w+|"
                 r"(?:(?:unsigned|signed|long|short|int|char)\b ?)+|\w+)) ?"
                 r"((?:\*|const\b|restrict\b| )*)\w*(\[)?")
RESULT = r"((?:const )?(?:(?:struct|union|enum) )?\w+(?: \*+| ))"
POINTER = re.compile(RESULT + r"\(\*(?:const )?(\w+)(?:\[\w*\])?\)\s*"
                     r"\(([^()]*)\)")
KIND = re.compile(r"typedef " + RESULT + r"(\w+)\(([^()]*)\);")
VARIABLE = re.compile(r"(\w*) \*(?:const )?(\w+)")
SEVERAL = re.compile(r"\b(\w+) \*\w+[^;(){}=,]*,([^;(){}=]*);")
SAME = {"unsigned": "unsigned int", "bool": "_Bool", "": "void"}


def type_of(text):
    """Returns the C type in TEXT, without the name."""
    found = ONE.match(text)
    if not found:  # none, or "..."
        return SAME.get(text, text)
    name = found[1].strip()
    return SAME.get(name, name) + re.sub(r"[^*]", "", found[2]) + \
        "*" * bool(found[3])


def types_of(result, parameters):
    parts = [result] + parameters.split(",")
    return tuple(type_of(" ".join(part.split())) for part in parts)


def read_types(path, name, source):
    """Returns the types of all functions listed in PATH, by title."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    types = {f"{name}:{function}" if kind == "static" else function:
             types_of(result, parameters)
             for kind, result, function, parameters in TYPED.findall(text)}
    for kind, function in re.findall(r"extern (\w+) (\w+);", text):
        for known in source.pointers.get(kind, ()):
            types[function] = known
    return types


# -------------------------------------------------------------- source --- #

Text = collections.namedtuple("Text", "lines pointers variables")


@functools.cache
def read_text(path):
    """Returns the lines of a file, its function pointers and function types,
    and all its pointer variables, some of which may have these types."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return Text(text.split("\n"),
                [(name, types_of(result, parameters))
                 for result, name, parameters in (POINTER.findall(text) +
                                                  KIND.findall(text))],
                set(VARIABLE.findall(text) + [
                    (kind, name) for kind, names in SEVERAL.findall(text)
                    for _, name in VARIABLE.findall(names)]))


class Source:
    """The sources of an object, with the names of their function pointers and
    the types of each."""

    def __init__(self, rule):
        self.pointers = collections.defaultdict(set)
        texts = [read_text(path) for path in read_rule(rule)]
        for text in texts:
            for name, types in text.pointers:
                self.pointers[name].add(types)
        for text in texts:
            for kind, name in text.variables:
                if kind in self.pointers:
                    self.pointers[name] |= self.pointers[kind]

    def called(self, place):
        """Returns the pointers that the statement at PLACE calls, and the
        functions named in `(condition ? one : other)(...)`."""
        path, line, column = place.split(":")
        path = path.removeprefix("./")
        lines = read_text(path).lines[int(line) - 1:]
        choice = re.search(r"\(\w+ \? (\w+) : (\w+)\)\(", lines[0])
        if choice:
            return set(), {f"{path}:{name}" for name in choice.groups()}
        text = "\n".join(lines)[int(column) - 1:].split(";")[0]
        while re.search(r"\[[^][]*\]", text):
            text = re.sub(r"\[[^][]*\]", "", text)
        return {name for name in re.findall(r"(\w+)\(", text)
                if name in self.pointers}, set()


def read_rule(path):
    """Returns the project's files named by the rule in PATH, a .d file."""
    with open(path, encoding="utf-8") as file:
        rule = file.read().replace("\\\n", " ").split("\n")[0]
    return [name for name in rule.split(":", 1)[1].split()
            if name.endswith((".c", ".h")) and not name.startswith("/")]
