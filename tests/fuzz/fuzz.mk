# SPDX-License-Identifier: MIT
# Fuzz targets, built with clang for fuzzing and with HOSTCC for replaying the
# corpus.
FUZZ     := $(patsubst tests/fuzz/%.c,%,$(filter-out %/replay.c,$(wildcard \
              tests/fuzz/*.c)))
FUZZ32   := translator
FUZZED   := $(PORTABLE:%=$(B)/fuzz/%.o) $(B)/fuzz/tests/unit/console.c.o
FUZZED32 := $(patsubst %,$(B)/fuzz32/%.o,$(EMU) tests/lib/guarded.c)
REPLAYS  := $(patsubst %,$(B)/replay/%,$(filter-out $(FUZZ32),$(FUZZ)))

REPLAY := $(B)/host/tests/fuzz/replay.c.o
$(B)/replay/%: tests/fuzz/%.c $(REPLAY) $(UNIT) $(B)/host/drivers.a
	$(call need,/usr/include/cmocka.h,cmocka)
	@mkdir -p $(@D)
	$(call say,HOST $<)
	$(Q)$(HOSTCC) $(FAKE) $(HOST) -MMD -MP -MF $@.d -MT $@ $< $(REPLAY) \
	    $(LINKED) -o $@

# The address space of an emulated i386 is too small for AddressSanitizer, but
# guard pages around machine, V-state and code still catch stray accesses.
$(FUZZ32:%=$(B)/replay/%): $(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c \
        tests/lib/guarded.c $(EMU) tests/fuzz/fuzz.h Makefile \
        tests/fuzz/fuzz.mk $(B)/i386
	@mkdir -p $(@D)
	$(call say,HOST $<)
	$(Q)all=; [ "$$(cat $(B)/i386)" = native ] || all=-fno-sanitize=address; \
	$(HOSTCC) -m32 $(HOST) $$all $(filter %.c,$^) -o $@

# Instrumented for libFuzzer.  Comparisons are not traced in code that draws the
# console, executes instructions or polls USB, as tracing would take most of the
# time.
FUZZER := $(FAKE) $(HOST) -fsanitize=fuzzer-no-link
QUICK  := $(FAST) $(filter-out %/option_parser.c %/option_table.c \
            %/escape_decoder.c %/scancode.c %/usb_report.c,$(filter \
            kernel/%,$(PORTABLE))) \
          kernel/drivers/framebuffer.c $(wildcard kernel/drivers/usb/usb*.c \
            kernel/drivers/usb/xhci*.c)
$(QUICK:%=$(B)/fuzz/%.o) $(QUICK:%=$(B)/fuzz32/%.o): \
    FUZZER += -fno-sanitize-coverage=trace-cmp

$(eval $(call variant,fuzz/,c,CLANG,$$(CLANG) $$(FUZZER),tests/fuzz/fuzz.mk))
$(eval $(call variant,fuzz32/,c,CLANG -m32,$$(CLANG) -m32 $$(FUZZER), \
    tests/fuzz/fuzz.mk))

$(FUZZ32:%=$(B)/fuzz/%): $(B)/fuzz/%: $(B)/fuzz32/tests/fuzz/%.c.o $(FUZZED32)
	$(call say,FUZZ $@)
	$(Q)$(CLANG) -m32 -fsanitize=fuzzer,address,undefined $^ -o $@

$(B)/fuzz/drivers.a: $(DRIVERS:%=$(B)/fuzz/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/fuzz/%: $(B)/fuzz/tests/fuzz/%.c.o $(FUZZED) $(B)/fuzz/drivers.a
	$(call say,FUZZ $@)
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined $^ -lcmocka -lm -o $@

# Excludes the 32-bit targets if this host cannot build and run them.
fuzz_targets = $(filter-out $(shell echo 'int LLVMFuzzerTestOneInput(void) \
    {return 0;}' | $(CLANG) -m32 -fsanitize=fuzzer -xc - -o /dev/null \
    2>/dev/null && $(i386) executes || echo $(FUZZ32)),$(FUZZ))

## fuzz: search for inputs that break something, in all targets
## SECONDS=60: how long fuzz runs in total
SECONDS := 60
fuzz:
	$(call need,$(CLANG),clang)
	$(call need,/usr/include/cmocka.h,cmocka)
	$(Q)$(MAKE) -j$(JOBS) $(fuzz_targets:%=$(B)/fuzz/%)
	@[ "$(fuzz_targets)" = "$(FUZZ)" ] || \
	    echo "skipped $(FUZZ32): clang -m32 makes no fuzzer that runs here" \
	        "(make deps-check)"
	@printf '%s\n' $(fuzz_targets) | xargs -P $(JOBS) -I TARGET \
	    tests/fuzz/run.sh $(B)/fuzz TARGET \
	    $$(($(SECONDS) * $(JOBS) / $(words $(fuzz_targets)) + 1))

-include $(REPLAYS:=.d) $(FUZZED:.o=.d) $(DRIVERS:%=$(B)/fuzz/%.d) \
         $(FUZZED32:.o=.d) $(wildcard $(B)/fuzz*/tests/fuzz/*.d)
