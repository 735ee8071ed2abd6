# SPDX-License-Identifier: MIT
# The tests, and what measures the Baby.

HOST     := -std=c11 -g -O1 -fsanitize=address,undefined \
            -fno-sanitize-recover=all $(INCLUDE) $(WARNINGS)
# Tests of engines run i386 code, as fast as in the kernel.
HOST32   := -m32 -march=i386 -mtune=generic -std=c11 -g -O2 $(INCLUDE) \
            $(WARNINGS)
# `make coverage`: without optimisation, so that each line has code of its own.
COVERED  := -std=c11 -g -O0 --coverage $(INCLUDE) $(WARNINGS)

UNIT       := $(PORTABLE:%=$(B)/host/%.o) $(patsubst %,$(B)/host/tests/%.c.o, \
                unit/console lib/guarded lib/isolation lib/vectors)
UNITS      := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard \
                tests/unit/test_*.c))
TRANSLATED := $(patsubst %,$(B)/host32/%.o,$(EMU) $(wildcard tests/lib/*.c \
                tests/unit32/*.c))

$(eval $(call variant,host32/,c,HOST -m32,$$(HOSTCC) $$(HOST32),tests/tests.mk))
# Under sanitizers; drivers find the ports and the processor of tests/unit/fake.
FAKE := -Itests/unit/fake
$(eval $(call variant,host/,c,HOST,$$(HOSTCC) $$(FAKE) $$(HOST),tests/tests.mk))

## test: all tests; test-units, then test-boot
# By sub-makes, so that even `make deps test` compiles on all processors.
test:
	$(Q)$(MAKE) -j$(JOBS) test-units
	$(Q)$(MAKE) -j$(JOBS) test-boot

## test-units: test-hosted, -translator, -bench, -vectors, -exercises, 2 checks
test-units: test-hosted check-stack check-structure test-translator test-bench \
        test-vectors test-exercises

# A library, as each test links only the drivers that it makes hardware for.
$(B)/host/drivers.a: $(DRIVERS:%=$(B)/host/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

LINKED := $(UNIT) $(B)/host/drivers.a -lcmocka -lm

# The fake USB controller, for tests of its drivers
FAKE_XHCI := $(patsubst %,$(B)/host/%.o,$(wildcard tests/unit/fake_xhci/*.c))
$(B)/host/fake_xhci.a: $(FAKE_XHCI)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/unit/%: tests/unit/%.c $(UNIT) $(B)/host/drivers.a $(B)/host/fake_xhci.a
	$(call need,/usr/include/cmocka.h,cmocka)
	@mkdir -p $(@D)
	$(call say,HOST $<)
	$(Q)$(HOSTCC) $(FAKE) $(HOST) -MMD -MP $< $(filter %.o %.a,$^) -lcmocka \
	    -lm -o $@

# What tests/assembler compares.
$(B)/assembler/driver: tests/assembler/driver.c $(EMU:%=$(B)/host/%.o)
	@mkdir -p $(@D)
	$(call say,HOST $<)
	$(Q)$(HOSTCC) $(HOST) -MMD -MP $< $(filter %.o,$^) -o $@

# What tests/keymaps compares with QEMU's.
$(B)/keymaps/driver: tests/keymaps/driver.c \
        $(B)/host/kernel/console/keymap.c.o $(EMU:%=$(B)/host/%.o)
	@mkdir -p $(@D)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(HOST) -MMD -MP $< $(filter %.o,$^) -o $@

# What tests/devices runs on QEMU's devices.
$(B)/devices/driver: tests/devices/driver.c $(B)/host/drivers.a
	@mkdir -p $(@D)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(FAKE) $(HOST) -MMD -MP $(filter %.c %.a,$^) -o $@

$(B)/devices/floppy: tests/devices/floppy.c $(UNIT) $(B)/host/drivers.a \
        $(B)/host/kernel/platform/floppy_save.c.o
	@mkdir -p $(@D)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(FAKE) $(HOST) -MMD -MP $< \
	    $(B)/host/kernel/platform/floppy_save.c.o $(LINKED) -o $@

include tests/fuzz/fuzz.mk

## test-hosted: unit tests on this host, and the fuzz corpus
# In parallel; prints the whole log of a test that fails.
test-hosted: $(UNITS) $(REPLAYS)
	@printf '%s\n' $(UNITS) $(REPLAYS) | xargs -P $(JOBS) -I UNIT sh -c \
	    'UNIT >UNIT.log 2>&1 && echo UNIT || { cat UNIT.log; exit 1; }'

no32 = [ "$$($(i386) how)" = none ] && echo "skipped $(1): $(HOSTCC) -m32" \
           "makes no program (make deps)"

## test-translator: the translator, as an i386 program
test-translator:
	@$(call no32,tests/unit32) || { \
	    $(MAKE) $(B)/translator/test $(B)/replay/translator && \
	    tests/unit32/run.sh $(B); }

$(B)/translator/test: $(TRANSLATED)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST32) $^ -o $@

## test-bench: the benchmark's baselines, for each width that `bench` runs
test-bench:
	@$(call no32,tests/bench) || { $(MAKE) $(B)/bench/test && \
	    $(i386) run $(B)/bench/test; }
	@[ "$$($(i386) how)" = native ] || { $(MAKE) $(B)/hosted/bench/test && \
	    $(B)/hosted/bench/test; }

## test-vectors: the vectors for other simulators, and a model of the machine
test-vectors:
	$(call need,$(PYTEST),pytest)
	$(PYTEST) -q tests/conformance

# What test-engine runs.  Only i386 programs can execute translated code.
MARKED32 := $(filter translator,$(ENGINE))$(filter 5,$(EXERCISE))
MARK     := $(B)/$(if $(MARKED32),host32,host)
MARKED   := $(if $(filter student,$(ENGINE)),$(STUDENT))
MARKER   := $(MARK)/marker/$(or $(basename $(MARKED)),$(ENGINE))
MARKS    := $(wildcard emu/machine/*.c emu/text/*.c emu/translator/*.c) \
            $(filter-out %/student.c,$(wildcard emu/engine/*.c)) \
            $(patsubst %,emu/check/%.c,engine_checks known_results \
              random_machine) tests/engine/report.c tests/lib/vectors.c
MARK_CC   = $(HOSTCC) $(if $(MARKED32),$(HOST32),$(HOST))
NAMES     = $(shell sed -n 's/^    ROW(\([a-z]*\)).*/\1/p' emu/engine/engine.h) \
              translator student

$(MARK)/marker/$(ENGINE).o: tests/engine/main.c
	@mkdir -p $(@D)
	$(Q)$(MARK_CC) -MMD -MP -DENGINE=$(ENGINE) -c $< -o $@

$(MARKER): $(MARK)/marker/$(ENGINE).o $(MARKED:%=$(MARK)/%.o) \
        $(MARKS:%=$(MARK)/%.o)
	@mkdir -p $(@D)
	$(Q)$(MARK_CC) $^ -Wl,--wrap=prepulse -o $@

## test-engine: mark ENGINE by the vectors and by random programs
test-engine: $(if $(filter $(ENGINE),$(NAMES)),$(if $(MARKED32),,$(MARKER)))
	@[ -n "$(filter $(ENGINE),$(NAMES))" ] || \
	    { echo "ENGINE must be one of:" $(NAMES); exit 1; }
	@$(if $(MARKED32),$(call no32,test-engine) || { \
	    $(MAKE) -s B=$(B) $(MARKER) && $(i386) run) $(MARKER) $(EXERCISE) \
	    $(if $(MARKED32),; })

## test-exercises: that test-engine marks the exercises of emu/README.md
test-exercises:
	$(call need,$(PYTEST),pytest)
	$(PYTEST) -q tests/engine

# The kernel's own objects, which need no libc, and one program.
$(B)/bench/history: $(filter $(addprefix $(B)/,$(B)/% kernel/console/% \
    kernel/services/% kernel/ui/% kernel/video/%),$(PORTABLE:%=$(B)/%.o))
ANSWERS := tests/bench/answers.c tests/bench/simh.c
$(B)/bench/main: $(ANSWERS) $(B)/boot/programs.S.o
$(B)/bench/%: tests/bench/%.c tests/bench/stack.c \
        $(filter $(B)/emu/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(HOST32) -mstackrealign -no-pie $^ -o $@

# The same for a host that executes no i386 programs, without the translator.
$(B)/hosted/bench/main: $(ANSWERS) $(B)/hosted/boot/programs.S.o
$(B)/hosted/bench/%: tests/bench/%.c $(filter $(B)/hosted/emu/%,\
        $(HOSTED_OBJECTS)) $(BASELINE:%=$(B)/hosted/%.o)
	@mkdir -p $(@D)
	$(call say,HOST $@)
	$(Q)$(HOSTCC) $(HOSTED) $^ -o $@

include tests/lint/check.mk

## bench-slow: speed and frames on slow virtual PCs, the same on every host
bench-slow: $(B)/baby.elf all
	$(call need,$(QEMU),qemu)
	python3 tests/boot/bench.py slow

# As many tests at a time as there are processors, if pytest-xdist is there.
pytest = $(PYTEST) -q \
    $$($(PYTEST) --help | grep -q numprocesses && echo "-n $(JOBS)")

## test-boot: the kernel and the media on virtual PCs
test-boot: $(B)/baby.elf all $(B)/hosted/baby $(B)/assembler/driver \
        $(B)/devices/driver $(B)/devices/floppy $(B)/keymaps/driver debug
	$(call need,$(PYTEST),pytest)
	$(call need,$(QEMU),qemu)
	$(pytest) -m "not long" tests/boot
	$(pytest) tests/machines -m short
	$(PYTEST) -q tests/mutations -k every_fault_fits
	$(PYTEST) -q tests/assembler
	$(PYTEST) -q tests/devices
	$(PYTEST) -q tests/keymaps

## test-pcs: the media on every kind of virtual PC, and from two clones
test-pcs: $(B)/baby.elf all
	$(call need,$(PYTEST),pytest)
	$(call need,$(QEMU),qemu)
	$(pytest) -rs tests/machines

## test-nightly: the long forms of tests, and injected faults; two hours
test-nightly: $(B)/unit/test_engines $(B)/unit/test_losses \
        $(B)/unit/test_random_machines \
        $(B)/unit/test_writer_random $(B)/baby.elf $(B)/assembler/driver \
        $(B)/baby.img $(B)/devices/floppy
	$(call need,$(PYTEST),pytest)
	BABY_PROGRAMS=10000000 $<
	BABY_ACTIONS=1000000 $(B)/unit/test_losses
	BABY_ACTIONS=40000 $(B)/unit/test_random_machines
	BABY_WRITTEN=2000000 $(B)/unit/test_writer_random
	BABY_SOURCES=100000 $(PYTEST) -q tests/assembler
	$(PYTEST) -q -m long tests/boot
	BABY_QR_PROGRAMS=1000 $(PYTEST) -q tests/boot/test_qr.py
	BABY_KILLS=200 $(PYTEST) -q tests/devices -k killed
	$(PYTEST) -q tests/mutations tests/lint

## coverage: the lines that the tests on this host reach
coverage:
	$(call need,gcovr,gcovr)
	@mkdir -p $(B)/coverage
	$(Q)find $(B)/coverage -name '*.gcda' -delete
	$(Q)BABY_PROGRAMS=2000 $(MAKE) -j$(JOBS) B=$(B)/coverage \
	    HOST="$(COVERED)" HOST32="-m32 -march=i386 $(COVERED)" \
	    test-hosted test-translator
	$(Q)gcovr --filter 'emu/' --filter 'kernel/(console|services|ui)/' \
	    -j $(JOBS) --json-summary $(B)/coverage/lines.json $(B)/coverage
	@tests/lib/coverage.py $(B)/coverage/lines.json

## soak: operate virtual PCs at random
## HOURS=1: how long soak runs
## SEED=N: repeat the soak that printed this seed
HOURS ?= 1
# On a copy of the kernel, so that you can build while it runs.
soak: $(B)/baby.elf
	$(call need,$(QEMU),qemu)
	@mkdir -p $(B)/soak && cp $< $(B)/soak
	BABY_ELF=$(B)/soak/baby.elf python3 tests/soak/soak.py $(HOURS) $(SEED)

## conformance: compare SSEM of SIMH with the vectors for other simulators
## SIMH=FOLDER: the sources of SIMH, for conformance and bench
conformance:
	$(Q)SIMH="$(SIMH)" tests/conformance/simh.py

## golden: draw the pictures in tests/golden again
golden: $(B)/baby.elf
	BABY_GOLDEN=write $(PYTEST) -q tests/boot/test_screens.py \
	    tests/boot/test_wide_screens.py

## shots: build/shots, contact sheets of all screens in four modes
shots: $(B)/baby.elf all
	$(call need,$(PYTEST),pytest)
	python3 tests/boot/shots.py $(B)/shots

## bench: measure engines, history, hypervisor, first screen and idle load
# The path of SIMH's program, built if necessary.  On a host that executes no
# i386 programs, an emulator would measure itself: the booted kernel measures
# the engines by counting, and what is in portable C is measured as well.
SSEM = $(if $(SIMH),--simh $$(SIMH="$(SIMH)" tests/conformance/simh.py --path))
bench: $(B)/baby.elf $(B)/baby.iso
	$(call need,$(QEMU),qemu)
	@if [ "$$($(i386) how)" = native ]; then \
	    $(MAKE) $(B)/bench/main $(B)/bench/history && \
	    $(B)/bench/main $(SSEM) && $(B)/bench/history; \
	else \
	    echo "This host executes no i386 programs.  What is in portable C,"; \
	    echo "and the baselines, as x86-64 programs:"; \
	    $(MAKE) $(B)/hosted/bench/main && $(B)/hosted/bench/main $(SSEM) && \
	    echo "The booted kernel, while QEMU counts its instructions" && \
	    echo "(-icount shift=3: 8 ns each, the same in every run):" && \
	    python3 tests/boot/bench.py counted; \
	fi
	python3 tests/boot/bench.py
	python3 tests/boot/bench_guests.py

-include $(UNIT:.o=.d) $(UNITS:=.d) $(TRANSLATED:.o=.d) \
         $(DRIVERS:%=$(B)/host/%.d) $(FAKE_XHCI:.o=.d) \
         $(B)/assembler/driver.d $(B)/devices/driver.d $(B)/devices/floppy.d \
         $(B)/keymaps/driver.d $(B)/host/kernel/platform/floppy_save.c.d \
         $(MARK)/marker/$(ENGINE).d
