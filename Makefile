# Baby: a 1948 computer to boot.  `make` builds the image, `make run` boots it.
# `make deps` installs what is missing; README.md has the rest.

CROSS_COMPILE ?=
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
QEMU   ?= qemu-system-i386
PYTEST ?= $(shell command -v pytest-3 || command -v pytest)
B      := build

WARNINGS := -Wall -Wextra -Werror -Wconversion -Wno-sign-conversion -Wshadow \
            -Wstrict-prototypes -Wmissing-prototypes
INCLUDE  := -I. -Ikernel -Iemu
# A 386, no floating point, no libc, no libgcc, nothing position independent.
KERNEL   := -m32 -march=i386 -mtune=generic -mgeneral-regs-only -O2 -g \
            -std=c11 -ffreestanding -nostdlib -fno-pic -fno-pie \
            -fno-stack-protector -fno-asynchronous-unwind-tables \
            -fno-strict-aliasing -mno-red-zone -ffile-prefix-map=$(CURDIR)=. \
            -Ikernel/lib $(INCLUDE) $(WARNINGS)
# Addresses such as 0x463 are no null pointers to gcc; clang does not mind.
KERNEL   += $(shell echo | $(CC) --param=min-pagesize=0 -E - >/dev/null 2>&1 \
              && echo --param=min-pagesize=0)

PORTABLE := $(wildcard emu/*.c kernel/console/*.c kernel/ui/*.c)
SOURCES  := $(wildcard boot/*.S kernel/*.c kernel/*/*.c kernel/*/*.S emu/*.c)
OBJECTS  := $(patsubst %,$(B)/%.o,$(SOURCES))
PROGRAMS := $(wildcard boot/programs/*.asm)

.PHONY: all run test bench deps clean
all: $(B)/baby.iso

$(B)/%.c.o: %.c
	@mkdir -p $(@D)
	$(CC) $(KERNEL) -MMD -c $< -o $@

$(B)/%.S.o: %.S
	@mkdir -p $(@D)
	$(CC) $(KERNEL) -MMD -c $< -o $@

$(B)/boot/programs.S.o: $(PROGRAMS)

$(B)/baby.elf: $(OBJECTS) linker.ld
	$(CROSS_COMPILE)ld -m elf_i386 -T linker.ld -z noexecstack \
	    --no-warn-rwx-segments -o $@ $(OBJECTS)

clean:
	rm -rf $(B)

-include $(OBJECTS:.o=.d)
