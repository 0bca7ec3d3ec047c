# SPDX-License-Identifier: MIT
# Out of tree, into build/; `make SANITIZE=1` builds the same with ASan and UBSan into build/sanitize/.

VERSION := 0.1.0
PREFIX ?= /usr/local

ifdef SANITIZE
B := build/sanitize
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPTIMISE ?= -O1
STATIC :=
else
B := build
SANITIZERS :=
OPTIMISE ?= -O2
# One binary that runs anywhere, and a fork a third cheaper than that of a dynamic one.
STATIC ?= -static
endif

CC ?= cc
CFLAGS ?= -g $(OPTIMISE)
WARNINGS := -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -DIPCDRILL_VERSION='"$(VERSION)"' $(WARNINGS) $(CFLAGS) $(SANITIZERS)
ALL_LDFLAGS := $(LDFLAGS) $(SANITIZERS)

lib_sources := $(wildcard lib/*.c lib/calls/*.c lib/faults/*.c lib/mechanisms/*.c)
lib_objects := $(lib_sources:%.c=$(B)/%.o) $(B)/lib/registry.o
lib_tests := $(patsubst lib/tests/%.c,$(B)/lib/tests/%,$(wildcard lib/tests/test_*.c))

harness_sources := $(filter-out harness/main.c,$(wildcard harness/*.c harness/commands/*.c harness/reports/*.c))
harness_generated := $(B)/harness/scenario_parser.o $(B)/harness/scenario_lexer.o $(B)/harness/registry.o \
	$(B)/harness/catalogue_data.o
harness_objects := $(harness_sources:%.c=$(B)/%.o) $(harness_generated)
harness_tests := $(patsubst harness/tests/%.c,$(B)/harness/tests/%,$(wildcard harness/tests/test_*.c))

catalogues := $(wildcard scenarios/catalogue/*.tsv)

# What scenarios run besides built-in endpoints. A program NAME-* has all of the directory NAME/ in it.
programs := $(patsubst scenarios/programs/%.c,$(B)/programs/%,$(wildcard scenarios/programs/*.c)) \
	$(patsubst scenarios/programs/%,$(B)/programs/%,$(wildcard scenarios/programs/*.py))
program_objects = $(patsubst %.c,$(B)/objects/%.o,$(wildcard scenarios/programs/$(firstword $(subst -, ,$1))/*.c))

.PHONY: all lib tests programs
all: $(B)/ipcdrill programs
programs: $(programs)
lib: $(B)/libipcdrill.a
tests: $(lib_tests) $(harness_tests)

# The include rule: lib/ is compiled without harness/ on its path, so it cannot know a scenario file.
$(B)/lib/%.o: INCLUDES := -Ilib
$(B)/harness/%.o: INCLUDES := -Ilib -Iharness -I$(B)/harness

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

# Apart: a directory build/scenarios would be taken for the suite of build/sanitize/ipcdrill.
$(B)/objects/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(CC) $(ALL_CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

# The open sets: one file is one member, found by its name. Rewritten only when the list changes.
$(B)/lib/registry.c: FORCE
	@mkdir -p $(@D)
	@ci/registry.sh mechanism 'struct mechanism' mechanisms lib/mechanisms/*.c >$@.new
	@ci/registry.sh call_family 'struct call_family' call_families lib/calls/*.c >>$@.new
	@ci/registry.sh fault 'struct fault' faults lib/faults/*.c >>$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/harness/registry.c: FORCE
	@mkdir -p $(@D)
	@ci/registry.sh report 'struct report' reports harness/reports/*.c >$@.new
	@ci/registry.sh command 'struct command' commands harness/commands/*.c >>$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/harness/scenario_parser.c $(B)/harness/scenario_parser.h &: harness/scenario_parser.y
	@mkdir -p $(B)/harness
	bison -Werror --defines=$(B)/harness/scenario_parser.h -o $(B)/harness/scenario_parser.c $<

$(B)/harness/scenario_lexer.c $(B)/harness/scenario_lexer.h &: harness/scenario_lexer.l
	@mkdir -p $(B)/harness
	flex --header-file=$(B)/harness/scenario_lexer.h -o $(B)/harness/scenario_lexer.c $<

$(B)/harness/catalogue_data.c: $(catalogues) ci/catalogue.awk
	@mkdir -p $(@D)
	awk -f ci/catalogue.awk $(catalogues) >$@

$(harness_objects) $(B)/harness/main.o: | $(B)/harness/scenario_parser.h $(B)/harness/scenario_lexer.h

$(B)/libipcdrill.a: $(lib_objects)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/libharness.a: $(harness_objects)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/ipcdrill: $(B)/harness/main.o $(B)/libharness.a $(B)/libipcdrill.a
	$(CC) $(ALL_LDFLAGS) $(STATIC) -o $@ $^ -lseccomp -ljson-c

$(B)/programs/%.py: scenarios/programs/%.py
	@mkdir -p $(@D)
	install -m 755 $< $@

.SECONDEXPANSION:
$(B)/programs/%: $(B)/objects/scenarios/programs/%.o $$(call program_objects,$$*)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $(STATIC) -o $@ $^ -lrt -lm -lpthread

# Check's own static library is not built to be linked statically everywhere; tests need not be.
$(B)/lib/tests/%: lib/tests/%.c $(B)/libipcdrill.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Ilib -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(B)/libipcdrill.a -lseccomp -lcheck -lsubunit -lrt -lm -lpthread

$(B)/harness/tests/%: harness/tests/%.c $(B)/libharness.a $(B)/libipcdrill.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Ilib -Iharness -I$(B)/harness -Ilib/tests -MMD -MP $(ALL_LDFLAGS) -o $@ $< \
		$(B)/libharness.a $(B)/libipcdrill.a -lseccomp -ljson-c -lcheck -lsubunit -lrt -lm -lpthread

include ci/targets.mk

-include $(shell find $(B) -name '*.d' 2>/dev/null)

.PHONY: FORCE
FORCE:
.SECONDARY:
.DELETE_ON_ERROR:
