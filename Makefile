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

lib_sources := $(wildcard lib/*.c lib/calls/*.c lib/mechanisms/*.c)
lib_objects := $(lib_sources:%.c=$(B)/%.o) $(B)/lib/registry.o
lib_tests := $(patsubst lib/tests/%.c,$(B)/lib/tests/%,$(wildcard lib/tests/test_*.c))

.PHONY: all tests
all: $(B)/libipcdrill.a
tests: $(lib_tests)

$(B)/lib/%.o: INCLUDES := -Ilib

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(CC) $(ALL_CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

# The open sets: one file is one member, found by its name. Rewritten only when the list changes.
$(B)/lib/registry.c: FORCE
	@mkdir -p $(@D)
	@ci/registry.sh mechanism 'struct mechanism' mechanisms lib/mechanisms/*.c >$@.new
	@ci/registry.sh call_family 'struct call_family' call_families lib/calls/*.c >>$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/libipcdrill.a: $(lib_objects)
	@rm -f $@
	$(AR) rcs $@ $^

# Check's own static library is not built to be linked statically everywhere; tests need not be.
$(B)/lib/tests/%: lib/tests/%.c $(B)/libipcdrill.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Ilib -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(B)/libipcdrill.a -lcheck -lsubunit -lrt -lm -lpthread

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)

.PHONY: FORCE
FORCE:
.SECONDARY:
.DELETE_ON_ERROR:
