# SPDX-License-Identifier: MIT
# `make check`: static checks.  A file that passes leaves a stamp in build/check
# and is checked again when it or any header is newer.

ANALYZER     ?= gcc
CLANG        ?= clang
CLANG_TIDY   ?= clang-tidy
CLANG_FORMAT ?= clang-format
SHELLCHECK   ?= shellcheck
PYFLAKES     ?= $(or $(shell command -v pyflakes3),pyflakes)
PYCODESTYLE  ?= pycodestyle

HEADERS := $(wildcard boot/*.h emu/*.h emu/*/*.h emu/*/*/*.h kernel/*/*.h \
             kernel/*/*/*.h tests/*/*.h tests/*/*/*.h tests/*/*/*/*.h)
KERNELS := $(filter-out $(B)/%,$(filter %.c,$(SOURCES)))
HOSTS   := $(wildcard kernel/host/*.c kernel/video/fonts/*.c \
             tests/bench/*.c tests/unit32/*.c \
             tests/engine/*.c) emu/engine/student.c
TESTS   := $(wildcard tests/lib/*.c tests/unit/*.c tests/unit/fake_xhci/*.c \
             tests/fuzz/*.c tests/assembler/*.c tests/devices/*.c \
             tests/keymaps/*.c)
SHELLS  := $(wildcard boot/*.sh tests/*/*.sh tests/data/*/*.sh) .ci/run
PYTHONS := $(wildcard tests/*/*.py tests/data/*/*.py)
# The recorder is compiled with the sources of another commit only.
FORMATS := $(sort $(KERNELS) $(HOSTS) $(TESTS) $(HEADERS) \
             $(wildcard tests/data/*/*.c))

# clang does not know gcc's options.
KERNEL_ANY := $(filter-out --param=% -mpreferred-stack-boundary=%,$(KERNEL))
HOST_ANY   := -std=c11 -Itests/unit/fake $(INCLUDE) $(WARNINGS)
# These break the rules on purpose.
ANALYZED   := $(filter-out kernel/panic/fault_injection.c \
                kernel/panic/wild_engine.c,$(KERNELS))
GCC_ONLY   := -fanalyzer -Wduplicated-cond -Wduplicated-branches -Wlogical-op

passed = $(addprefix $(B)/check/,$(addsuffix .$(1),$(2)))

# passes NAME, FILES, COMMAND: a rule that checks each of FILES by COMMAND.
define passes
$(call passed,$(1),$(2)): $(B)/check/%.$(1): % $(HEADERS) Makefile \
        tests/lint/check.mk .clang-tidy
	@mkdir -p $$(@D)
	$$(Q)$(3) && touch $$@
endef

$(eval $(call passes,analyzed,$(ANALYZED),$(ANALYZER) $(KERNEL) -O2 \
    $(GCC_ONLY) -c $$< -o /dev/null))
$(eval $(call passes,clang,$(KERNELS),$(CLANG) $(KERNEL_ANY) \
    -fsyntax-only $$<))
$(eval $(call passes,clang-host,$(HOSTS) $(TESTS),$(CLANG) $(HOST_ANY) \
    -fsyntax-only $$<))
$(eval $(call passes,gcc-host,$(HOSTS) $(TESTS),$(ANALYZER) $(HOST_ANY) -O1 \
    -c $$< -o /dev/null))
$(eval $(call passes,tidy,$(KERNELS),$(CLANG_TIDY) --quiet $$< -- \
    $(KERNEL_ANY) 2>$$@.log || { cat $$@.log; exit 1; }))

.PHONY: check check-gcc check-clang check-tidy check-format check-python \
        check-shell check-stack check-structure
## check: all static checks below; three minutes
check:
	$(Q)$(MAKE) -k -j$(JOBS) check-gcc check-clang check-tidy check-format \
	    check-python check-shell check-stack check-structure

## check-gcc: gcc's analyzer, and its warnings for a host
check-gcc:
	$(call need,$(ANALYZER),gcc)
	@$(MAKE) $(call passed,analyzed,$(ANALYZED)) \
	    $(call passed,gcc-host,$(HOSTS) $(TESTS))
	@echo "gcc: $(words $(ANALYZED)) kernel files analyzed," \
	    "$(words $(HOSTS) $(TESTS)) host files compiled"

## check-clang: clang's warnings
check-clang:
	$(call need,$(CLANG),clang)
	@$(MAKE) $(call passed,clang,$(KERNELS)) \
	    $(call passed,clang-host,$(HOSTS) $(TESTS))
	@echo "clang: $(words $(KERNELS)) kernel files," \
	    "$(words $(HOSTS) $(TESTS)) host files"

## check-tidy: clang-tidy
check-tidy:
	$(call need,$(CLANG_TIDY),clang-tidy)
	@$(MAKE) $(call passed,tidy,$(KERNELS))
	@echo "clang-tidy: $(words $(KERNELS)) kernel files"

## check-format: clang-format
check-format:
	$(call need,$(CLANG_FORMAT),clang-format)
	@$(CLANG_FORMAT) --dry-run -Werror $(FORMATS)
	@echo "clang-format: $(words $(FORMATS)) files"

## check-python: pyflakes and pycodestyle
# Allows a named lambda (E731) and a variable l (E741).
check-python:
	$(call need,$(PYFLAKES),pyflakes)
	$(call need,$(PYCODESTYLE),pycodestyle)
	@$(PYFLAKES) $(PYTHONS)
	@$(PYCODESTYLE) --max-line-length=80 \
	    --ignore=E731,E741,W503,W504 $(PYTHONS)
	@echo "pyflakes, pycodestyle: $(words $(PYTHONS)) files"

## check-shell: shellcheck
check-shell:
	$(call need,$(SHELLCHECK),shellcheck)
	@$(SHELLCHECK) $(SHELLS)
	@echo "shellcheck: $(words $(SHELLS)) files"

## check-stack: whether the kernel's worst case fits its stack
check-stack: $(OBJECTS)
	@$(if $(CALLS),python3 tests/lint/stack.py kernel/arch/stacks.S $(OBJECTS), \
	    echo "skipped check-stack: $(CC) does not report stack use")

## check-structure: who uses whom: no circles, arrows between folders one way
check-structure: $(OBJECTS)
	@python3 tests/lint/structure.py $(OBJECTS)
