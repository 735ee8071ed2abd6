# SPDX-License-Identifier: MIT
"""Fault injection on Bochs, which checks the segment limit at each jump, with
several processors (make deps-check installs Bochs).  Without the dummy sound
driver Bochs ends on a host without a sound card."""
import os
import re
import shutil
import subprocess
import time

import pyte
import pytest
from pc import LIMIT, POLL
from test_hypervisor import FAULTS
from test_panic import ALL
from test_image import add_to_image

SHARE = "/usr/share/bochs"
CONFIGURATION = """\
megs: 32
romimage: file={share}/BIOS-bochs-latest
vgaromimage: file={share}/VGABIOS-lgpl-latest
ata0-master: type=cdrom, path={image}, status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev={folder}/com1
cpu: model={cpu}, ips=100000000
display_library: rfb, options="timeout=0"
sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy
log: {folder}/log
"""

NEAR = [("data-near", "#GP General protection", "call_data_near"),
        ("open-near", "#GP General protection", "call_open_near")]
# One of each kind: a boot takes seconds here.
PROVOKED = NEAR + [row for row in ALL if row[0] in
                   ("data", "open", "sealed", "code", "null", "stack")]

pytestmark = pytest.mark.skipif(
    not shutil.which("bochs") or not os.path.isdir(SHARE),
    reason="Bochs is not installed (make deps-check)")


def is_panic(text):
    return "\r\n0024:" in text


def configured(folder, cpu, options):
    """A configuration file of Bochs that boots with OPTIONS."""
    file = folder / "options.cfg"
    file.write_text(f'set timeout=0\nset options="{options}"\n')
    image = add_to_image(folder, (file, "/boot/options.cfg"))
    rc = folder / "bochsrc"
    rc.write_text(CONFIGURATION.format(share=SHARE, folder=folder, cpu=cpu,
                                       image=image))
    return rc


def told(folder, cpu, options, done=is_panic):
    """Boots with OPTIONS; returns COM1's text once DONE is true of it."""
    rc = configured(folder, cpu, options)
    com1 = folder / "com1"
    # If built in, Bochs's debugger waits for `continue`.
    with subprocess.Popen(["bochs", "-q", "-f", str(rc)],
                          stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as bochs:
        bochs.stdin.write(b"c\n")
        bochs.stdin.flush()
        end = time.monotonic() + LIMIT
        text = ""
        while not done(text) and time.monotonic() < end:
            assert bochs.poll() is None, "Bochs has ended"
            found = com1.read_bytes() if com1.exists() else b""
            text = found.decode("latin-1")
            time.sleep(POLL)
        bochs.kill()
    return text


@pytest.mark.parametrize("cpu", ["pentium", "corei7_skylake_x"])
@pytest.mark.parametrize("name, words, function", PROVOKED,
                         ids=[row[0] for row in PROVOKED])
def test_injected_faults(cpu, name, words, function, tmp_path):
    text = told(tmp_path, cpu, "fault=" + name)
    assert "baby: fault" in text, text
    page = text[text.index("baby: fault"):]
    assert re.search(words, page)
    assert re.search(function, page)


# Engines in ring 3.
GUESTS = [("guest-data-near", "#GP General protection"),
          ("guest-open-near", "#GP General protection")]
GUESTS += [("guest-" + name, words) for name, words in FAULTS
           if name in ("data", "open", "sealed", "call", "stack", "hang",
                       "registers")]


@pytest.mark.parametrize("cpu", ["pentium", "corei7_skylake_x"])
@pytest.mark.parametrize("name, words", GUESTS,
                         ids=[row[0] for row in GUESTS])
def test_wild_engines(cpu, name, words, tmp_path):
    def shows_words(text):
        terminal = pyte.Screen(80, 24)
        pyte.Stream(terminal).feed(text if "was killed" in text else "")
        return re.search("^ " + words, "\n".join(terminal.display), re.M)

    text = told(tmp_path, cpu, f"fault={name} run console=ttyS0", shows_words)
    assert shows_words(text), text
    assert "baby: fault" not in text
