# SPDX-License-Identifier: MIT
# Fuzz targets: by clang to look for inputs, and by HOSTCC to try those kept.
FUZZ     := $(patsubst tests/fuzz/%.c,%,$(filter-out %/replay.c,$(wildcard \
              tests/fuzz/*.c)))
FUZZ32   := translator
FUZZED   := $(PORTABLE:%=$(B)/fuzz/%.o) $(B)/fuzz/tests/unit/console.c.o
FUZZED32 := $(patsubst %,$(B)/fuzz32/%.o,$(EMU) tests/lib/guarded.c)
REPLAYS  := $(patsubst %,$(B)/replay/%,$(filter-out $(FUZZ32),$(FUZZ)))
SECONDS  := 60

REPLAY := $(B)/host/tests/fuzz/replay.c.o
$(B)/replay/%: tests/fuzz/%.c $(REPLAY) $(HOSTED) $(B)/fake/drivers.a
	$(call need,/usr/include/cmocka.h,cmocka)
	@mkdir -p $(@D)
	$(say)HOST $<"
	$(Q)$(HOSTCC) -Itests/unit/fake $(HOST) -MMD -MP -MF $@.d -MT $@ $< $(REPLAY) \
	    $(HOSTED) $(B)/fake/drivers.a -lcmocka -lm -o $@

# An emulated i386 has no room for the memory that AddressSanitizer wants; what
# is outside of machine, V-state and code area is guarded all the same.
$(FUZZ32:%=$(B)/replay/%): $(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c \
        tests/lib/guarded.c $(EMU) tests/fuzz/fuzz.h Makefile \
        tests/fuzz/fuzz.mk $(B)/i386
	@mkdir -p $(@D)
	$(say)HOST $<"
	$(Q)all=; [ "$$(cat $(B)/i386)" = native ] || all=-fno-sanitize=address; \
	$(HOSTCC) -m32 $(HOST) $$all $(filter %.c,$^) -o $@

# The same sources by clang, which libFuzzer watches at work; but not each
# comparison where the console is drawn and where instructions are obeyed, as
# that would be most of what it does.
FUZZER := -Itests/unit/fake $(HOST) -fsanitize=fuzzer-no-link -MMD -MP
QUICK  := $(FAST) $(filter-out %/options.c %/option_table.c \
            %/escape_decoder.c %/scancode.c,$(filter kernel/%,$(PORTABLE))) \
          kernel/drivers/framebuffer.c
$(QUICK:%=$(B)/fuzz/%.o) $(QUICK:%=$(B)/fuzz32/%.o): \
    FUZZER += -fno-sanitize-coverage=trace-cmp

$(B)/fuzz/%.c.o: %.c Makefile tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(say)CLANG $<"
	$(Q)$(CLANG) $(FUZZER) -c $< -o $@

$(B)/fuzz32/%.c.o: %.c Makefile tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(say)CLANG $<"
	$(Q)$(CLANG) -m32 $(FUZZER) -c $< -o $@

$(FUZZ32:%=$(B)/fuzz/%): $(B)/fuzz/%: $(B)/fuzz32/tests/fuzz/%.c.o $(FUZZED32)
	$(say)FUZZ $@"
	$(Q)$(CLANG) -m32 -fsanitize=fuzzer,address,undefined $^ -o $@

$(B)/fuzz/drivers.a: $(DRIVERS:%=$(B)/fuzz/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/fuzz/%: $(B)/fuzz/tests/fuzz/%.c.o $(FUZZED) $(B)/fuzz/drivers.a
	$(say)FUZZ $@"
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined $^ -lcmocka -lm -o $@

# SECONDS in all, shared among the targets and the processors.
fuzz_targets = $(filter-out $(shell echo 'int LLVMFuzzerTestOneInput(void) \
    {return 0;}' | $(CLANG) -m32 -fsanitize=fuzzer -xc - -o /dev/null \
    2>/dev/null && $(i386) executes || echo $(FUZZ32)),$(FUZZ))

fuzz:
	$(call need,$(CLANG),clang)
	$(call need,/usr/include/cmocka.h,cmocka)
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) $(fuzz_targets:%=$(B)/fuzz/%)
	@[ "$(fuzz_targets)" = "$(FUZZ)" ] || \
	    echo "skipped $(FUZZ32): clang -m32 makes no fuzzer that runs here" \
	        "(make deps-check)"
	@printf '%s\n' $(fuzz_targets) | xargs -P $(JOBS) -I TARGET \
	    tests/fuzz/run.sh $(B)/fuzz TARGET \
	    $$(($(SECONDS) * $(JOBS) / $(words $(fuzz_targets)) + 1))

-include $(REPLAYS:=.d) $(FUZZED:.o=.d) $(DRIVERS:%=$(B)/fuzz/%.d) \
         $(FUZZED32:.o=.d) $(wildcard $(B)/fuzz*/tests/fuzz/*.d)
