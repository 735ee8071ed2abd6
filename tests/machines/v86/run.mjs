// SPDX-License-Identifier: MIT
//
// Boots the Baby on v86, types the keys that run the July program, prints the
// screen once the machine has stopped, and reboots.
//
//     node run.mjs V86_FOLDER BIOS_FOLDER multiboot|cdrom|fda FILE
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [v86, bios, medium, file] = process.argv.slice(2);
const { V86 } = await import(pathToFileURL(path.join(v86, "libv86.mjs")));

const SECONDS = 120; // only a defect takes so long
const POLL = 20; // milliseconds
const F5 = 0x3F, F10 = 0x44, ESC = 0x01, B = 0x30, M = 0x32, Y = 0x15;
const RELEASED = 0x80;

const emulator = new V86({
    wasm_path: path.join(v86, "v86.wasm"),
    bios: { url: path.join(bios, "bios.bin") },
    vga_bios: { url: path.join(bios, "vgabios-stdvga.bin") },
    [medium]: { url: file },
    memory_size: 16 << 20,
    autostart: true,
});

await new Promise((loaded) =>
    emulator.add_listener("emulator-loaded", loaded));

function screen() {
    return emulator.screen_adapter.get_text_screen();
}

async function shown(words) {
    const end = Date.now() + SECONDS * 1000;
    while (!screen().some((row) => row.includes(words))) {
        if (Date.now() > end) {
            console.log(screen().join("\n"));
            throw new Error("never came: " + words);
        }
        await sleep(POLL);
    }
}

function press(code) {
    emulator.keyboard_send_scancodes([code, code | RELEASED]);
}

await shown("Esc Menu");
press(F5);
await shown("RUNNING");
press(ESC);
await shown("Menu:");
press(M);
await shown("the machine has stopped at line 13");
console.log(screen().join("\n"));
press(F10);
await shown("Menu:");
press(B);
await shown("Reboot the PC?");
press(Y);
await shown("No instruction has been obeyed yet");
await emulator.destroy();
