# Baby: a 1948 computer to boot.  README.md introduces it; `make help` lists
# targets and variables, from the lines here that begin with "##".

CROSS_COMPILE ?=
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
HOSTCC ?= cc
CLANG  ?= clang
QEMU   ?= qemu-system-i386
PYTEST ?= $(or $(shell command -v pytest-3 || command -v pytest),pytest-3)
GRUB   ?= $(or $(shell command -v grub-mkimage || command -v grub2-mkimage),\
            grub-mkimage)
GRUB_LIB ?= /usr/lib/grub
I386   ?=
B      := build
ENGINE ?=
STUDENT ?= emu/engine/student.c
JOBS   := $(shell nproc 2>/dev/null || echo 1)
export HOSTCC I386 QEMU
export OBJDUMP := $(CROSS_COMPILE)objdump

MAKEFLAGS += --no-print-directory
i386 := tests/lib/i386.sh
Q    := $(if $(V),,@)
say   = @echo "$(1)"

# `make ENGINE=student` builds everything with that engine, in another folder.
# test-engine needs no kernel.
WITH_STUDENT := $(if $(filter test-engine,$(MAKECMDGOALS)),,$(filter student,\
                  $(ENGINE)))
ifneq ($(WITH_STUDENT),)
B := build/student
endif

# need TOOL-OR-FILE, NAME: fails with one sentence that names the package.
need = @command -v $(1) >/dev/null 2>&1 || [ -e $(1) ] || \
           tests/lib/deps.sh missing $(1) $(2)

# Compiler flags.  The kernel holds no path of this folder, so that two clones
# build the same bytes.
MAP      := "-ffile-prefix-map=$(CURDIR)=."
WARNINGS := -Wall -Wextra -Werror -Wconversion -Wno-sign-conversion -Wshadow \
            -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wredundant-decls -Wnested-externs -Wundef -Wvla -Wpointer-arith \
            -Wwrite-strings -Wimplicit-fallthrough -Wformat=2
INCLUDE  := -I. -Ikernel $(if $(WITH_STUDENT),-DWITH_STUDENT)
# `make debug`: undefined behaviour panics, except for unaligned access, which
# an i386 allows and firmware tables need.
DEBUG    ?=
CHECKS   := $(if $(DEBUG),-fsanitize=undefined \
              -fsanitize-undefined-trap-on-error -fno-sanitize=alignment)
# For a 386: no floating point, no libc, no libgcc, not position independent.
KERNEL   := -m32 -march=i386 -mtune=generic -mgeneral-regs-only -g \
            -std=c11 -ffreestanding -nostdlib -fno-pic -fno-pie \
            -fno-asynchronous-unwind-tables \
            -fstack-protector-strong -mstack-protector-guard=global \
            -mno-red-zone -fcf-protection=none $(CHECKS) $(MAP) \
            -Ikernel/lib $(INCLUDE) $(WARNINGS)
# Options of newer gcc only.  Low addresses such as 0x463 are not null pointers;
# the stack keeps the alignment of words; and tests/lint/stack.py reads each
# function's stack use, callees and parameter types.
known     = $(foreach option,$(1),$(shell $(CC) -m32 -Werror $(option) -E -xc \
              - </dev/null >/dev/null 2>&1 && echo $(option)))
KERNEL   += $(call known,--param=min-pagesize=0 -mpreferred-stack-boundary=2)
CALLS    := $(call known,-fcallgraph-info=su)
# The hosted console; as a 32-bit program where this system executes those.
HOSTED    = $$([ "$$(cat $(B)/i386)" != native ] || echo -m32 -march=i386) \
              -std=c11 -g -O2 -no-pie $(INCLUDE) $(WARNINGS)
# Sources.  TERMINUS is generated from a package.  The baselines, in i386
# assembly, are what the engines' speed is measured against.
TERMINUS := $(B)/kernel/video/fonts/terminus.c
EMU      := $(filter-out emu/engine/student.c,$(wildcard emu/*.c emu/*/*.c)) \
            $(if $(WITH_STUDENT),$(STUDENT))
BASELINE := $(wildcard emu/check/baseline/*.[cS])
SOURCES  := $(filter-out kernel/host/% kernel/video/fonts/%,$(sort $(wildcard boot/*.S kernel/*.c \
              kernel/*/*.[cS] kernel/*/*/*.c))) $(EMU) $(BASELINE) $(TERMINUS)
PROGRAMS := $(wildcard boot/programs/*.asm)
DRIVERS  := $(wildcard kernel/drivers/*.c kernel/drivers/*/*.c)
# Sources that also run on a host.
PORTABLE := $(EMU) $(wildcard kernel/console/*.c kernel/services/*.c kernel/qr/*.c \
              kernel/ui/*.c kernel/ui/*/*.c) $(filter-out \
              kernel/video/screen%,$(wildcard kernel/video/*.c)) $(TERMINUS)
CONSOLE  := $(PORTABLE) $(wildcard kernel/host/*.c) boot/programs.S \
            kernel/platform/boot_programs.c

# Objects, each variant in a folder of its own.
OBJECTS    := $(SOURCES:%=$(B)/%.o)
HOSTED_OBJECTS := $(CONSOLE:%=$(B)/hosted/%.o)

.SECONDARY:
.DELETE_ON_ERROR:
# With `make -j deps test`, tests wait for the tools.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
.PHONY: all help run run-serial run-hosted test test-units test-hosted \
        test-translator test-bench test-engine test-exercises test-boot test-pcs test-nightly coverage \
        fuzz soak golden shots bench bench-slow conformance test-vectors deps deps-check debug \
        clean FORCE

## all: build/baby.iso (CD, USB stick) and build/baby.img (floppy)
all: $(B)/baby.iso $(B)/baby.img

## help: this list
help:
	@awk -F ': ' '!/^## / {next} {sub("## ", "")} \
	    {row = sprintf("  %-16s%s\n", $$1, $$2)} \
	    $$1 ~ /=/ {variables = variables row; next} {printf "%s", row} \
	    END {printf "\nVariables:\n\n%s", variables}' \
	    $(filter %Makefile %.mk,$(MAKEFILE_LIST))

## V=1: print every command
## I386=HOW: how i386 programs run here; native, emulated or none
## ENGINE=NAME: the engine of test-engine; student also builds with student.c
## EXERCISE=N: what test-engine demands, see "Write an engine" in emu/README.md
## STUDENT=FILE: the source of the engine student
## CROSS_COMPILE=: prefix of the compiler and binutils, as in i686-linux-gnu-

# Code that is executed or drawn for every instruction is compiled for speed,
# the rest for size.
FAST := $(wildcard emu/machine/*.c emu/engine/*.c emu/translator/*.c) \
        $(STUDENT) \
        emu/check/timed_run.c emu/history/replay.c emu/session/execute.c \
        emu/session/phosphor.c kernel/console/cells.c kernel/ui/base/monitor.c \
        kernel/video/raster.c kernel/video/screen.c
$(FAST:%=$(B)/%.o) $(BASELINE:%=$(B)/%.o): OPTIMISE := -O2
OPTIMISE := -Os

# variant FOLDER, SUFFIX, LABEL, COMMAND, MAKEFILE: a rule that compiles or
# assembles sources into objects under build/FOLDER.
define variant
$(B)/$(1)%.$(2).o: %.$(2) Makefile $(5)
	@mkdir -p $$(@D)
	$$(call say,$(3) $$<)
	$$(Q)$(4) -MMD -MP -c $$< -o $$@
endef
$(eval $(call variant,,c,CC,$$(CC) $$(KERNEL) $$(OPTIMISE) \
    $$(if $$(CALLS),$$(CALLS) -aux-info $$@.types)))
$(eval $(call variant,,S,AS,$$(CC) -m32 -g $$(MAP)))
$(eval $(call variant,hosted/,c,HOST,$$(HOSTCC) $$(HOSTED)))
$(eval $(call variant,hosted/,S,HOST,$$(HOSTCC) $$(HOSTED)))

# Letters for framebuffers, from the package of the font Terminus.
FONTS := $(wildcard $(foreach name,Uni2-Terminus12x6 Uni2-TerminusBold[0-9]* \
           ter-v12n ter-v1[468]b ter-v[23]*b,$(addsuffix /$(name).psf.gz, \
           /usr/share/consolefonts /usr/share/kbd/consolefonts \
           /usr/lib/kbd/consolefonts)))

$(TERMINUS): $(B)/embed-fonts $(FONTS)
	@mkdir -p $(@D)
	@[ -n "$(FONTS)" ] || tests/lib/deps.sh lacks terminus
	$(call say,FONTS $@)
	$(Q)$< $(FONTS) >$@

$(B)/embed-fonts: kernel/video/fonts/embed.c kernel/console/charset.c
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -std=c11 $(WARNINGS) -I. -Ikernel $^ -o $@

$(B)/boot/programs.S.o $(B)/hosted/boot/programs.S.o: $(PROGRAMS)

## debug: build/debug/baby.elf, which panics on undefined behaviour
debug:
	$(Q)$(MAKE) B=$(B)/debug DEBUG=1 $(B)/debug/baby.elf

# Engines run in ring 3, also one whose source is in another folder.
LINKER := $(if $(WITH_STUDENT),$(B)/)linker.ld
$(B)/linker.ld: linker.ld Makefile
	@mkdir -p $(@D)
	$(Q)sed 's|\*emu/engine/\*\.o\((.*)\)|&\n        *$(STUDENT).o\1|' $< >$@

# Linked twice: the names of functions are constants of the kernel.  They are
# placed behind all code, so they do not move it.
link = $(CROSS_COMPILE)ld -m elf_i386 -n -T $(LINKER) -z noexecstack \
           --build-id=sha1 -o $(1) $(OBJECTS) $(B)/symbols.o
symbols = awk -f kernel/panic/symbols.awk $(1) >$(B)/symbols.S && \
           $(CC) -m32 -Wa,--fatal-warnings -c $(B)/symbols.S -o $(B)/symbols.o

$(B)/baby.elf: $(OBJECTS) $(LINKER) kernel/panic/symbols.awk
	$(call say,LD $@)
	$(Q)$(call symbols,/dev/null) && $(call link,$(B)/nameless.elf) && \
	    $(CROSS_COMPILE)nm -n $(B)/nameless.elf | $(call symbols,-) && \
	    $(call link,$@)

# The kernel on the media; gdb reads the symbols of the other one.
$(B)/boot/baby.elf: $(B)/baby.elf
	@mkdir -p $(@D)
	$(Q)$(CROSS_COMPILE)objcopy --strip-all $< $@

$(B)/baby.iso: MEDIUM := iso
$(B)/baby.img: MEDIUM := floppy
$(B)/baby.%: $(B)/boot/baby.elf boot/media.sh boot/grub.cfg boot/options.cfg
	$(call need,$(GRUB),grub)
	$(call need,$(GRUB_LIB)/i386-pc,i386-pc)
	$(call need,xorriso,xorriso)
	$(call need,mformat,mtools)
	$(call say,MEDIUM $@)
	$(Q)GRUB=$(GRUB) GRUB_LIB=$(GRUB_LIB) boot/media.sh $(MEDIUM) $< $@

## run: boot the image in QEMU, in a window or else in this terminal
run: $(B)/baby.iso
	$(call need,$(QEMU),qemu)
	@boot/run.sh image $<

## run-serial: boot the kernel in QEMU, with its console in this terminal
run-serial: $(B)/baby.elf
	$(call need,$(QEMU),qemu)
	@boot/run.sh serial $<

## run-hosted: the console as a program of this system
## ARGUMENTS=WORDS: files and options for run-hosted
run-hosted: $(B)/hosted/baby $(B)/i386
	@[ "$$(cat $(B)/i386)" = native ] || echo "Without the translator, as" \
	    "this system executes no programs for an i386."
	@$< $(ARGUMENTS)

$(HOSTED_OBJECTS): $(B)/i386
$(B)/hosted/baby: $(HOSTED_OBJECTS)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(HOSTED) $^ -o $@

# Changes when this host executes i386 programs in another way than before.
$(B)/i386: FORCE
	@mkdir -p $(@D); how=$$($(i386) how); \
	[ "$$how" = "$$(cat $@ 2>/dev/null)" ] || echo "$$how" >$@

include tests/tests.mk

## deps: install what building, running and testing need
## deps-check: install what check, coverage, fuzz and test-pcs need as well
deps deps-check:
	@tests/lib/deps.sh install $@

## clean: remove build
clean:
	rm -rf $(B)

-include $(OBJECTS:.o=.d) $(HOSTED_OBJECTS:.o=.d)
