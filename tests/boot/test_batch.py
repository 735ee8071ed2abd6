# SPDX-License-Identifier: MIT
"""Tests the exact output of `batch`, on which scripts depend."""
import os
import sys

import pytest
from baby import batch, model, reports, shipped, table

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..",
                                "conformance"))
import vectors  # noqa: E402

SUCCESS, FAILURE = 0x10 << 1 | 1, 0x11 << 1 | 1
VECTORS = vectors.read()


def write_snp(path, store):
    path.write_text(vectors.snp(store).replace("\n", "\r\n"))
    return str(path)


ENGINES = ["reference", "switch", "threaded", "predecoded", "translator"]


OPTIONS = sorted({row.options for row in VECTORS})


def is_short(options, engine):
    """Every engine without options, and the fastest with all of them."""
    return options == OPTIONS[0] or (options == OPTIONS[-1] and
                                     engine in ("predecoded", "translator"))


@pytest.mark.parametrize("options, engine", [
    pytest.param(options, engine, marks=[] if is_short(options, engine)
                 else pytest.mark.long)
    for options in OPTIONS for engine in ENGINES])
def test_vectors(options, engine, tmp_path):
    """900 independent results, in the booted kernel."""
    rows = [row for row in VECTORS if row.options == options]
    assert len(rows) == 300
    modules = [write_snp(tmp_path / f"{row.name}.snp", row.store)
               for row in rows]
    switches = [] if options == "-" else options.split(",")
    out, status = batch("limit=2000", "engine=" + engine, *switches,
                        modules=modules)
    assert status == SUCCESS
    found = list(reports(out))
    assert len(found) == 300
    for row, report in zip(rows, found):
        assert row.limit == 2000
        assert report["name"] == row.name + ".snp"
        assert report["engine"] == engine
        assert set(vectors.SCALARS) <= set(report)
        assert vectors.differences(row, report) == {}, row.name


@pytest.mark.parametrize("row", list(table()), ids=lambda row: row[0])
def test_builtin_programs(row):
    """Each built-in program has its documented end and count."""
    name, count, end, a, ci, lines = row
    limit = [f"limit={count}"] if end == "limit" else []
    out, status = batch(f"program={name}", *limit)
    assert status == SUCCESS, out
    [report] = reports(out)
    assert report["name"] == name
    assert (report["instructions"], report["end"]) == (count, end)
    assert (report["a"], report["ci"]) == (a, ci)
    for line, value in lines.items():
        assert model.signed(report["store"][line]) == value
    baby = model.Baby(shipped(name))
    if count < 100_000:  # the model takes a second per half million
        baby.run(count)
        assert report["store"] == baby.store


def test_exact_form(tmp_path):
    path = tmp_path / "stop.snp"
    path.write_text("0001:00000000000001110000000000000000\n")
    out, status = batch(modules=[str(path)])
    store = "".join(
        f"{i:04}:{'0000000000000111' if i == 1 else '0' * 16}{'0' * 16}\n"
        for i in range(32))
    assert out == (
        "baby: batch program=stop.snp engine=predecoded instructions=1 "
        "end=stop\n"
        "A 0\nCI 1\nPI 57344\nTEST 0\n" + store + "baby: end\n")
    assert status == SUCCESS


BAD = {
    "mnemonic.asm": ("1 LDM 24\n", "mnemonic.asm:1:", "LDM"),
    "line.snp": ("0032:" + "0" * 32, "line.snp:1:", "32"),
    "digits.snp": ("1:" + "0" * 33, "digits.snp:1:", "33"),
    "empty.snp": ("", "empty.snp:0:", ""),
    "binary.bin": ("\x7fELF\x01\0\0\0", "binary.bin:", ""),
}


def test_bad_modules_are_named_and_the_next_is_run(tmp_path):
    modules = []
    for name, (text, _, _) in BAD.items():
        (tmp_path / name).write_bytes(text.encode("latin-1"))
        modules.append(str(tmp_path / name))
    good = tmp_path / "good.snp"
    good.write_text("0001:00000000000001110000000000000000\n")
    out, status = batch(modules=modules + [str(good)])
    assert status == FAILURE
    errors = [l for l in out.splitlines() if l.startswith("baby: error ")]
    assert len(errors) == len(BAD)
    for error, (_, place, what) in zip(errors, BAD.values()):
        assert place in error and what in error
        assert error.count(": ") >= 2 and not error.endswith(".")
    [report] = reports(out)
    assert (report["name"], report["end"]) == ("good.snp", "stop")


def test_warnings(tmp_path):
    path = tmp_path / "doubt.snp"
    path.write_text("0001:000000000000011100000000000000\n")
    out, status = batch(modules=[str(path)])
    assert out.startswith("baby: warning doubt.snp:1: ")
    assert len(list(reports(out))) == 1
    assert status == SUCCESS


def test_nothing_to_run():
    out, status = batch()
    assert status == FAILURE
    assert out == ("baby: error boot:0: batch has nothing to run; it needs "
                   "modules, program=NAME or store=TEXT\n")


@pytest.mark.parametrize("limit", ["1e6", "-1", "", "18446744073709551616"])
def test_invalid_limit_runs_nothing(limit):
    """Without its limit a batch might never end."""
    out, status = batch("program=ducks", f"limit={limit}")
    assert status == FAILURE
    assert out.startswith(f'baby: error boot:0: boot option "limit={limit}"')


@pytest.mark.parametrize("hot", [0, 1, 65535])
def test_hot(hot):
    """The threshold for translation affects only the speed."""
    out, status = batch("program=hcf", "engine=translator", f"hot={hot}")
    assert status == SUCCESS
    [report] = reports(out)
    assert report["engine"] == "translator"
    assert (report["instructions"], report["end"]) == (417, "stop")
    assert (report["store"][30], report["store"][31]) == (3, 1)


@pytest.mark.parametrize("hot", ["", "-1", "65536", "many"])
def test_invalid_hot(hot):
    out, status = batch("program=hcf", f"hot={hot}")
    assert status == SUCCESS
    assert out.startswith(f'baby: warning boot:0: boot option "hot={hot}" has '
                          "an invalid value\n")
    assert len(list(reports(out))) == 1


def test_unknown_program():
    out, status = batch("program=nothing")
    assert status == FAILURE
    assert out == ("baby: error boot:0: batch: there is no program called "
                   '"nothing"\n')


def test_unknown_option_is_reported_and_ignored():
    out, status = batch("program=hcf", "colour=red")
    assert status == SUCCESS
    assert out.startswith(
        'baby: warning boot:0: boot option "colour=red" is unknown\n')
    assert len(list(reports(out))) == 1


def test_power_off_without_qemu_exit():
    from pc import PC
    with PC(append="batch program=hcf") as pc:
        assert pc.wait_shutdown() == "guest-shutdown"
        [report] = reports(pc.serial().replace("\r\n", "\n"))
        assert report["instructions"] == 417
