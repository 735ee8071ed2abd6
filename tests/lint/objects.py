# SPDX-License-Identifier: MIT
"""What a kernel's objects say of its functions: how much stack each takes and
whom it calls (gcc's .ci), their types (its .types), and where the address of
one is kept (the ELF file's relocations).

A call by a pointer may reach every function whose address is kept somewhere
and whose types are those of a pointer of that name: no pointer to a function
is cast, or gcc would say so (-Wcast-function-type).
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
        self.pointers = set()  # FILE:LINE:COLUMN of calls by a pointer


def read_graph(path, source):
    """The functions of a .ci, by title: of static ones FILE:NAME."""
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
IN_MEMORY = 2  # .. and a flag
ANY, DATA, CODE, SECTION = 0, 1, 2, 3  # kinds of symbols
R_386_32 = 1  # an address, not a call or jump

Section = collections.namedtuple(
    "Section", "name type flags address at size link info")
Symbol = collections.namedtuple("Symbol", "name at size kind section")


class Elf:
    """A relocatable file for an i386."""

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
        """Of what is in memory: the section, place there, kind, symbol."""
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
        """Pairs: what has its address kept, and what keeps it."""
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
    """TEXT, as written in C, without the name."""
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
    """The types of all functions that PATH knows, by title."""
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
    """A file's lines; its pointers to functions, and types of functions; and
    the pointers of all types, among which some may be of the latter."""
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
    """The lines that an object is made of, and the pointers to functions that
    have a name there, with the types of each."""

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
        """The pointers that the statement at PLACE calls; all functions by
        name in `(condition ? one : other)(...)`."""
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
    """The files of ours that the rule in PATH, a .d, names."""
    with open(path, encoding="utf-8") as file:
        rule = file.read().replace("\\\n", " ").split("\n")[0]
    return [name for name in rule.split(":", 1)[1].split()
            if name.endswith((".c", ".h")) and not name.startswith("/")]
