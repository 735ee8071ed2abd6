# Baby: a 1948 computer to boot.  `make deps run` is all it takes; README.md
# has the rest.
#
#   make        build/baby.iso, baby.img        make deps   install the tools
#   make run    boot it in QEMU                 make bench  measure
#   make test   all tests                       make clean  (V=1: in full)
#   make run-serial    .. on this terminal      make test-pcs, test-nightly
#   make run-hosted    .. as a program of this system          at length
#   make check         what tools say of the sources
#   make coverage      which lines the tests on this system reach
#   make fuzz SECONDS=n         so long in all, for bytes that break something
#   make soak HOURS=n           virtual PCs operated at random

CROSS_COMPILE ?=
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
HOSTCC ?= cc
# native, emulated or none: how this host executes programs for an i386, where
# it is not to be found out.
I386   ?=
CLANG  ?= clang
QEMU   ?= qemu-system-i386
PYTEST ?= $(or $(shell command -v pytest-3 || command -v pytest),pytest-3)
GRUB   ?= $(or $(shell command -v grub-mkimage || command -v grub2-mkimage),\
            grub-mkimage)
GRUB_LIB ?= /usr/lib/grub
B      := build

# No path of this folder in the kernel: two clones give the same bytes.
MAP      := "-ffile-prefix-map=$(CURDIR)=."
WARNINGS := -Wall -Wextra -Werror -Wconversion -Wno-sign-conversion -Wshadow \
            -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wredundant-decls -Wnested-externs -Wundef -Wvla -Wpointer-arith \
            -Wwrite-strings -Wimplicit-fallthrough -Wformat=2
INCLUDE  := -I. -Ikernel
# `make debug`: what C leaves undefined ends on the last page, too; but for
# alignment, as an i386 has none and firmware keeps to none.
DEBUG    ?=
CHECKS   := $(if $(DEBUG),-fsanitize=undefined \
              -fsanitize-undefined-trap-on-error -fno-sanitize=alignment)
# A 386, no floating point, no libc, no libgcc, nothing position independent.
KERNEL   := -m32 -march=i386 -mtune=generic -mgeneral-regs-only -g \
            -std=c11 -ffreestanding -nostdlib -fno-pic -fno-pie \
            -fno-asynchronous-unwind-tables \
            -fstack-protector-strong -mstack-protector-guard=global \
            -mno-red-zone -fcf-protection=none $(CHECKS) $(MAP) \
            -Ikernel/lib $(INCLUDE) $(WARNINGS)
# For gcc, where it knows them: addresses such as 0x463 are no null pointers;
# words on the stack need no more than their own alignment.
KERNEL   += $(foreach option,--param=min-pagesize=0 \
              -mpreferred-stack-boundary=2,$(shell echo | $(CC) -m32 -Werror \
              $(option) -c -xc - -o /dev/null 2>/dev/null && echo $(option)))
# What tests/lint/stack.py reads: how much stack each function takes, whom it
# calls, and the types of its parameters.
CALLS    := $(shell $(CC) -m32 -Werror -fcallgraph-info=su -E -xc - \
              </dev/null >/dev/null 2>&1 && echo -fcallgraph-info=su)
HOST     := -std=c11 -g -O1 -fsanitize=address,undefined \
            -fno-sanitize-recover=all $(INCLUDE) $(WARNINGS)

# The emulator, on any host; and what its speed is measured against, of which
# half is i386 assembly.
EMU      := $(wildcard emu/*.c emu/*/*.c)
BASELINE := $(wildcard emu/check/baseline/*.[cS])
SOURCES  := $(filter-out kernel/host/%,$(sort $(wildcard boot/*.S kernel/*.c \
              kernel/*/*.[cS] kernel/*/*/*.c))) $(EMU) $(BASELINE)
OBJECTS  := $(SOURCES:%=$(B)/%.o)
PROGRAMS := $(wildcard boot/programs/*.asm)

# What runs on a host as well, and the console that its tests sit at.
PORTABLE := $(EMU) $(wildcard kernel/console/*.c kernel/services/*.c \
              kernel/ui/*.c kernel/ui/*/*.c) $(filter-out \
              kernel/video/screen%,$(wildcard kernel/video/*.c))
HOSTED   := $(PORTABLE:%=$(B)/host/%.o) $(B)/host/tests/unit/console.c.o \
            $(B)/host/tests/lib/guarded.c.o $(B)/host/tests/lib/isolation.c.o
DRIVERS  := $(wildcard kernel/drivers/*.c)
UNITS    := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard \
              tests/unit/test_*.c))

# The translator's code is for an i386, and so is its test, compiled as fast
# as the kernel's engines are.
HOST32   := -m32 -march=i386 -mtune=generic -std=c11 -g -O2 $(INCLUDE) \
            $(WARNINGS)
TRANSLATED := $(patsubst %,$(B)/host32/%.o,$(EMU) $(wildcard tests/lib/*.c \
                tests/unit32/*.c))

# `make V=1` shows the commands.
Q   := $(if $(V),,@)
say := @echo "

.SECONDARY:
.DELETE_ON_ERROR:
# `make -j deps test` must not test before the tools are there.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
.PHONY: all run run-serial run-hosted test test-units test-hosted \
        test-translator test-bench test-boot test-pcs test-nightly coverage \
        fuzz soak golden bench deps deps-check clean check-stack
all: $(B)/baby.iso $(B)/baby.img

# The engines are fast, and so is what the tube shows of each instruction; the
# rest is small.
FAST := $(wildcard emu/machine/*.c emu/engine/*.c emu/translator/*.c) \
        emu/check/timed_run.c emu/history/replay.c emu/session/execute.c \
        emu/session/phosphor.c
$(FAST:%=$(B)/%.o) $(BASELINE:%=$(B)/%.o): OPTIMISE := -O2
OPTIMISE := -Os

$(B)/%.c.o: %.c Makefile
	@mkdir -p $(@D)
	$(say)CC $<"
	$(Q)$(CC) $(KERNEL) $(OPTIMISE) $(if $(CALLS),$(CALLS) \
	    -aux-info $@.types) -MMD -MP -c $< -o $@

$(B)/%.S.o: %.S Makefile
	@mkdir -p $(@D)
	$(say)AS $<"
	$(Q)$(CC) -m32 -g $(MAP) -MMD -MP -c $< -o $@

$(B)/boot/programs.S.o: $(PROGRAMS)

.PHONY: debug
debug:
	$(Q)$(MAKE) --no-print-directory B=$(B)/debug DEBUG=1 \
	    $(B)/debug/baby.elf

# Twice, as the names of functions are among the constants: behind all code,
# which stays where it was.
link = $(CROSS_COMPILE)ld -m elf_i386 -n -T linker.ld -z noexecstack \
           --build-id=sha1 -o $(1) $(OBJECTS) $(B)/symbols.o
symbols = awk -f kernel/panic/symbols.awk $(1) >$(B)/symbols.S && \
           $(CC) -m32 -c $(B)/symbols.S -o $(B)/symbols.o

$(B)/baby.elf: $(OBJECTS) linker.ld kernel/panic/symbols.awk
	$(say)LD $@"
	$(Q)$(call symbols,/dev/null) && $(call link,$(B)/nameless.elf) && \
	    $(CROSS_COMPILE)nm -n $(B)/nameless.elf | $(call symbols,-) && \
	    $(call link,$@)

# What the media carry; whoever debugs has the other beside him.
$(B)/boot/baby.elf: $(B)/baby.elf
	@mkdir -p $(@D)
	$(Q)$(CROSS_COMPILE)objcopy --strip-all $< $@

$(B)/baby.iso: MEDIUM := iso
$(B)/baby.img: MEDIUM := floppy
$(B)/baby.%: $(B)/boot/baby.elf boot/media.sh boot/grub.cfg
	$(call need,$(GRUB),grub)
	$(call need,$(GRUB_LIB)/i386-pc,i386-pc)
	$(call need,xorriso,xorriso)
	$(call need,mformat,mtools)
	$(say)MEDIUM $@"
	$(Q)GRUB=$(GRUB) GRUB_LIB=$(GRUB_LIB) boot/media.sh $(MEDIUM) $< $@

# A window where there is a display, else this terminal; the short screen
# where the terminal has too few rows.  Options go in beside the boot menu,
# which stays off COM1, as that is for programs here.
# A /dev/kvm on a processor that says neither vmx nor svm is an imitation,
# slower than QEMU's own translator.  QEMU opens a "pipe" as a FIFO to read
# from, .in, and as something to write to, .out, which it would overwrite from
# the beginning; so that is /dev/null, and the log is what is kept: it is added
# to what earlier runs have saved.
ACCEL := $(shell grep -qwE 'vmx|svm' /proc/cpuinfo && echo -accel kvm) \
         -accel tcg
COM1_LOG := logfile=$(B)/com1.out,logappend=on
DISPLAYED := $(DISPLAY)$(WAYLAND_DISPLAY)

run: $(B)/baby.iso
	$(call need,$(QEMU),qemu)
	@display=; options=; folder=$$(mktemp -d $(B)/run.XXXXXX) || exit 1; \
	image=$$folder/baby.iso; \
	trap 'rm -rf $$folder' EXIT; trap 'exit 1' HUP INT TERM; \
	cp $< $$image || exit 1; \
	if [ -z "$(DISPLAYED)" ] || ! $(QEMU) -display help 2>/dev/null | \
	        grep -qE 'gtk|sdl|cocoa'; then \
	    display="-display curses"; \
	    rows=$$(stty size 2>/dev/null </dev/tty | cut -d' ' -f1); \
	    [ "$${rows:-24}" -ge 50 ] || options="video=text25"; \
	fi; \
	{ echo 'set com1=no'; echo "set options=\"$$options\""; } \
	    >$(B)/options.cfg; \
	xorriso -report_about SORRY -boot_image any keep -dev $$image \
	    -map $(B)/options.cfg /boot/options.cfg || exit 1; \
	[ -p $(B)/com1.in ] || { rm -f $(B)/com1.in; mkfifo $(B)/com1.in; } || \
	    exit 1; \
	ln -s ../com1.in $$folder && ln -s /dev/null $$folder/com1.out || exit 1; \
	echo "F3 in the Baby adds to $(B)/com1.out, and receives what you"; \
	echo "write to $(B)/com1.in.  To leave: F10 in the Baby, or close the"; \
	echo "window (in a terminal: Alt-2, then type quit)."; \
	$(QEMU) $(ACCEL) -m 16 -nic none -no-reboot $$display \
	    -chardev pipe,id=com1,path=$$folder/com1,$(COM1_LOG) \
	    -serial chardev:com1 -cdrom $$image -boot d

# Every key passes but Ctrl-A, which is QEMU's and not the Baby's.
run-serial: $(B)/baby.elf
	$(call need,$(QEMU),qemu)
	@echo "To leave: F10 in the Baby, or Ctrl-A and then X."
	@$(QEMU) $(ACCEL) -m 16 -nic none -no-reboot -display none \
	    -chardev stdio,id=com1,mux=on,signal=off -serial chardev:com1 \
	    -mon chardev=com1 -kernel $< -append console=ttyS0,115200

# The same console as a program of this system.  Words in ARGUMENTS are files
# and options.  With the translator where this system executes its code.
run-hosted: $(B)/hosted/baby $(B)/i386
	@[ "$$(cat $(B)/i386)" = native ] || echo "Without the translator, as" \
	    "this system executes no programs for an i386."
	@$< $(ARGUMENTS)

$(B)/hosted/baby: kernel/platform/boot_programs.c $(wildcard kernel/host/*.c) \
        boot/programs.S $(PORTABLE) $(PROGRAMS) Makefile \
        $(wildcard boot/*.h emu/*.h emu/*/*.h kernel/*/*.h kernel/*/*/*.h) \
        $(B)/i386
	@mkdir -p $(@D)
	$(say)HOST $@"
	$(Q)i386=; [ "$$(cat $(B)/i386)" != native ] || i386="-m32 -march=i386"; \
	$(HOSTCC) $$i386 -std=c11 -g -O2 -no-pie $(INCLUDE) $(WARNINGS) \
	    $(filter %.c %.S,$^) -o $@

# By sub-makes, so that even `make deps test` compiles on all processors.
JOBS := $(shell nproc 2>/dev/null || echo 1)
test:
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) test-units
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) test-boot

$(B)/host/%.c.o: %.c
	@mkdir -p $(@D)
	$(say)HOST $<"
	$(Q)$(HOSTCC) $(HOST) -MMD -MP -c $< -o $@

# Drivers for the host find the ports and the processor of tests/unit/fake,
# which a test makes.  It takes what it does not make itself out of the library.
$(B)/fake/%.c.o: %.c
	@mkdir -p $(@D)
	$(say)HOST $<"
	$(Q)$(HOSTCC) -Itests/unit/fake $(HOST) -MMD -MP -c $< -o $@

$(B)/fake/drivers.a: $(DRIVERS:%=$(B)/fake/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/unit/%: tests/unit/%.c $(HOSTED) $(B)/fake/drivers.a
	$(call need,/usr/include/cmocka.h,cmocka)
	@mkdir -p $(@D)
	$(say)HOST $<"
	$(Q)$(HOSTCC) -Itests/unit/fake $(HOST) -MMD -MP $< $(HOSTED) \
	    $(B)/fake/drivers.a -lcmocka -lm -o $@

$(B)/host32/%.c.o: %.c Makefile
	@mkdir -p $(@D)
	$(say)HOST -m32 $<"
	$(Q)$(HOSTCC) $(HOST32) -MMD -MP -c $< -o $@

$(B)/translator/test: $(TRANSLATED)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST32) $^ -o $@

include tests/fuzz/fuzz.mk

# How this host executes programs for an i386; asked when its turn comes, as
# `make deps test` installs what is missing.
export HOSTCC I386
i386 := tests/lib/i386.sh
no32 = [ "$$($(i386) how)" = none ] && echo "skipped $(1): $(HOSTCC) -m32" \
           "makes no program (make deps)"

# For what is made in another way where the answer is another.
$(B)/i386: FORCE
	@mkdir -p $(@D); how=$$($(i386) how); \
	[ "$$how" = "$$(cat $@ 2>/dev/null)" ] || echo "$$how" >$@
.PHONY: FORCE

test-translator:
	@$(call no32,tests/unit32) || { \
	    $(MAKE) --no-print-directory $(B)/translator/test \
	        $(B)/replay/translator && tests/unit32/run.sh $(B); }

test-bench:
	@$(call no32,tests/bench) || { \
	    $(MAKE) --no-print-directory $(B)/bench/test && \
	    $(i386) run $(B)/bench/test; }

# The kernel's own objects, which do without libc, with one more.
CONSOLE := $(addprefix $(B)/kernel/,console/% services/% ui/% video/%)
$(B)/bench/history: $(filter $(CONSOLE),$(PORTABLE:%=$(B)/%.o))
$(B)/bench/%: tests/bench/%.c tests/bench/stack.c \
        $(filter $(B)/emu/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(say)HOST $@"
	$(Q)$(HOSTCC) $(HOST32) -mstackrealign -no-pie $^ -o $@

test-units: test-hosted check-stack test-translator test-bench

# Whether the kernel's stack is large enough at worst.
check-stack: $(OBJECTS)
	@$(if $(CALLS),python3 tests/lint/stack.py boot/header.S $(OBJECTS), \
	    echo "skipped the stack: $(CC) does not tell what it takes")

# Of those that fail all is shown.
test-hosted: $(UNITS) $(REPLAYS)
	@printf '%s\n' $(UNITS) $(REPLAYS) | xargs -P $(JOBS) -I UNIT sh -c \
	    'UNIT >UNIT.log 2>&1 && echo UNIT || { cat UNIT.log; exit 1; }'

include tests/lint/check.mk

# As many tests at once as there are processors, where pytest can do that.
at_once = $$($(PYTEST) --help | grep -q numprocesses && echo "-n $(JOBS)")

test-boot: $(B)/baby.elf all $(B)/hosted/baby debug
	$(call need,$(PYTEST),pytest)
	$(call need,$(QEMU),qemu)
	QEMU=$(QEMU) OBJDUMP=$(CROSS_COMPILE)objdump \
	    $(PYTEST) -q $(at_once) tests/boot
	QEMU=$(QEMU) $(PYTEST) -q $(at_once) tests/machines -m short

# All kinds of PC, the media from two clones, and a PC that is not QEMU.
test-pcs: $(B)/baby.elf all
	$(call need,$(PYTEST),pytest)
	$(call need,$(QEMU),qemu)
	QEMU=$(QEMU) $(PYTEST) -q -rs $(at_once) tests/machines

# Ten million programs in lockstep, and tests and checks that must find faults
# put in.
test-nightly: $(B)/unit/test_engines $(B)/baby.elf
	$(call need,$(PYTEST),pytest)
	BABY_PROGRAMS=10000000 $<
	$(PYTEST) -q tests/mutations tests/lint

# Which lines of what runs on a host its tests reach; in a build of its own,
# not optimised, so that each line is one.
COVERED := -std=c11 -g -O0 --coverage $(INCLUDE) $(WARNINGS)

coverage:
	$(call need,gcovr,gcovr)
	@mkdir -p $(B)/coverage
	$(Q)find $(B)/coverage -name '*.gcda' -delete
	$(Q)BABY_PROGRAMS=2000 $(MAKE) --no-print-directory -j$(JOBS) \
	    B=$(B)/coverage HOST="$(COVERED)" \
	    HOST32="-m32 -march=i386 $(COVERED)" test-hosted test-translator
	$(Q)gcovr --filter 'emu/' --filter 'kernel/(console|services|ui)/' -j $(JOBS) \
	        --json-summary $(B)/coverage/lines.json $(B)/coverage
	@tests/lib/coverage.py $(B)/coverage/lines.json

# Hours of an operator who knows no rules; SEED=n to begin as another did.  The
# kernel is a copy, so that another can be made meanwhile.
HOURS ?= 1
soak: $(B)/baby.elf
	$(call need,$(QEMU),qemu)
	@mkdir -p $(B)/soak && cp $< $(B)/soak
	QEMU=$(QEMU) BABY_ELF=$(B)/soak/baby.elf \
	    python3 tests/soak/soak.py $(HOURS) $(SEED)

golden: $(B)/baby.elf
	BABY_GOLDEN=write $(PYTEST) -q tests/boot/test_screens.py

# An emulated i386 would measure its emulator; QEMU counts instructions.
bench: $(B)/baby.elf $(B)/baby.iso
	$(call need,$(QEMU),qemu)
	@if [ "$$($(i386) how)" = native ]; then \
	    $(MAKE) --no-print-directory $(B)/bench/main $(B)/bench/history && \
	    $(B)/bench/main && $(B)/bench/history; \
	else \
	    echo "To measure the engines and history on the host takes one that"; \
	    echo "executes programs for an i386.  In the booted kernel, as QEMU"; \
	    echo "counts instructions (-icount shift=3: 8 ns each, every time):"; \
	    python3 tests/boot/bench.py counted; \
	fi
	python3 tests/boot/bench.py

clean:
	rm -rf $(B)

# What is needed, and the package it comes in: name, Debian, Fedora, Arch.
define PACKAGES
qemu          qemu-system-x86 qemu-system-x86    qemu-system-x86
grub          grub-common     grub2-tools        grub
i386-pc       grub-pc-bin     grub2-pc-modules   grub
x86_64-efi    grub-efi-amd64-bin grub2-efi-x64-modules grub
i386-efi      grub-efi-ia32-bin grub2-efi-ia32-modules grub
xorriso       xorriso         xorriso            libisoburn
mtools        mtools          mtools             mtools
ovmf          ovmf            edk2-ovmf          edk2-ovmf
ovmf-ia32     ovmf-ia32       edk2-ovmf-ia32     edk2-ovmf
pytest        python3-pytest  python3-pytest     python-pytest
xdist         python3-pytest-xdist python3-pytest-xdist python-pytest-xdist
pillow        python3-pil     python3-pillow     python-pillow
pyte          python3-pyte    python3-pyte       python-pyte
gdb           gdb             gdb                gdb
cmocka        libcmocka-dev   libcmocka-devel    cmocka
libc          libc6-dev       glibc-devel        glibc
binutils      binutils        binutils           binutils
multilib      gcc-multilib    glibc-devel.i686   lib32-glibc
libgcc        gcc-multilib    libgcc.i686        lib32-gcc-libs
qemu-i386     qemu-user       qemu-user          qemu-user
endef

# What only those need who check the sources themselves.
define CHECKERS
gcovr         gcovr           gcovr              gcovr
gcc           gcc             gcc                gcc
bochs         bochs           bochs              bochs
bochsbios     bochsbios       bochs              bochs
vgabios       vgabios         bochs              bochs
clang         clang           clang              clang
compiler-rt   libclang-rt-dev compiler-rt        compiler-rt
libstdc++     g++-multilib    libstdc++-devel.i686 lib32-gcc-libs
clang-tidy    clang-tidy      clang-tools-extra  clang
clang-format  clang-format    clang-tools-extra  clang
shellcheck    shellcheck      ShellCheck         shellcheck
pyflakes      python3-pyflakes python3-pyflakes  python-pyflakes
pycodestyle   pycodestyle     python3-pycodestyle python-pycodestyle
endef
export PACKAGES CHECKERS

# need(tool or file, name): a missing tool is one sentence.
need = @command -v $(1) >/dev/null 2>&1 || [ -e $(1) ] || { \
    echo "$(notdir $(1)) is missing: make deps$(if \
         $(findstring $(2),$(CHECKERS)),-check) installs it" \
         "($$(printf '%s\n' "$$PACKAGES" "$$CHECKERS" | \
         awk '$$1 == "$(2)" {print $$2}') on Debian)."; exit 1; }

column = $$(echo "$$PACKAGES" | awk '{print $$$(1)}' | sort -u | tr '\n' ' ')

deps-check: export PACKAGES := $(CHECKERS)
deps deps-check:
	@if command -v apt-get >/dev/null; then \
	    wanted="$(call column,2)"; missing=; \
	    [ -z "$(DISPLAYED)" ] || wanted="$$wanted qemu-system-gui"; \
	    ! $(i386) executes || \
	        wanted=$$(echo "$$wanted" | sed 's/qemu-user//'); \
	    for package in $$wanted; do \
	        dpkg-query -W -f '$${Status}' $$package 2>/dev/null | \
	            grep -q ' installed$$' || missing="$$missing $$package"; \
	    done; \
	    [ -z "$$missing" ] && exit 0; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    command -v $${sudo:-true} >/dev/null || { \
	        echo "As root, please: apt-get install$$missing"; exit 1; }; \
	    $$sudo apt-get update -q && \
	    $$sudo apt-get install -qy --no-install-recommends $$missing; \
	elif command -v dnf >/dev/null; then \
	    echo "Please run: sudo dnf install $(call column,3)"; \
	elif command -v pacman >/dev/null; then \
	    echo "Please run: sudo pacman -S --needed $(call column,4)"; \
	else \
	    echo "Please install (Debian's names): $(call column,2)"; \
	fi

-include $(OBJECTS:.o=.d) $(HOSTED:.o=.d) $(TRANSLATED:.o=.d) $(UNITS:=.d) \
         $(DRIVERS:%=$(B)/fake/%.d)
