# SPDX-License-Identifier: MIT
# What a person types besides `make`.

.PHONY: help deps run check layers bench minimal install uninstall format clean

help:
	@echo 'make            build build/ipcdrill'
	@echo 'make deps       install what is missing to build and test (Debian packages)'
	@echo 'make run        build, and run the whole scenario suite'
	@echo 'make check      every test: units, command line, suites, layer rules, sanitizers'
	@echo 'make layers     only the rules about who may include and do what'
	@echo 'make bench      the figures: throughput, verdict time, wrong verdicts, memory'
	@echo 'make minimal    try the two commands of the README in a minimal Debian root (needs root, debootstrap)'
	@echo 'make install    into PREFIX ($(PREFIX)), below DESTDIR'
	@echo 'make uninstall  remove what install has put there'
	@echo 'make format     clang-format the sources'
	@echo 'make clean      remove build/'
	@echo 'SANITIZE=1      the same with ASan and UBSan, in build/sanitize/'

# `make deps check` is one line from nothing: goals then run in their order, even under -j. The goals
# build in a make of their own, which runs in parallel and sees what deps has installed.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
jobs = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))
sub_make = $(MAKE) --no-print-directory $(jobs)

deps:
	@ci/deps.sh

run:
	@$(sub_make) -s all
	$(B)/ipcdrill run

check:
	@MAKE='$(MAKE)' JOBS='$(jobs)' ci/check.sh

layers:
	@ci/layers.sh

bench_objects := $(patsubst %.c,$(B)/%.o,$(wildcard ci/bench/*.c))
$(B)/ci/%.o: INCLUDES := -Ilib -Ilib/tests

$(B)/ci/bench/bench: $(bench_objects) $(B)/libipcdrill.a
	$(CC) $(ALL_LDFLAGS) $(STATIC) -o $@ $^ -lseccomp

# 0 wrong in BENCH_TRIALS verdicts; no failure in BENCH_REPEATS repeats of the suite; 0 hangs in BENCH_KILLS runs.
BENCH_TRIALS ?= 100000
BENCH_REPEATS ?= 20
BENCH_KILLS ?= 2000
bench:
	@$(sub_make) -s all $(B)/ci/bench/bench
	@$(B)/ci/bench/bench $(B)/ipcdrill ci/bench/ten_steps.drill $(BENCH_TRIALS) $(BENCH_REPEATS) $(BENCH_KILLS)

minimal:
	@ci/minimal.sh

scenario_files = $(shell cd scenarios && find . -name '*.drill' -o -name '*.tsv')

install: all
	install -D -m 755 $(B)/ipcdrill $(DESTDIR)$(PREFIX)/bin/ipcdrill
	install -D -m 644 doc/ipcdrill.1 $(DESTDIR)$(PREFIX)/share/man/man1/ipcdrill.1
	install -D -m 644 bats/ipcdrill.bash $(DESTDIR)$(PREFIX)/share/ipcdrill/ipcdrill.bash
	cd scenarios && for file in $(scenario_files); do \
		install -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/ipcdrill/scenarios/$$file || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/libexec/ipcdrill
	install -m 755 $(programs) $(DESTDIR)$(PREFIX)/libexec/ipcdrill

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/ipcdrill $(DESTDIR)$(PREFIX)/share/man/man1/ipcdrill.1
	rm -rf $(DESTDIR)$(PREFIX)/share/ipcdrill $(DESTDIR)$(PREFIX)/libexec/ipcdrill

# symbols_table*.h are tables that are read by their columns.
format:
	clang-format -i $(filter-out lib/symbols_table%,$(wildcard lib/*.[ch] lib/*/*.[ch] harness/*.[ch] harness/*/*.[ch] \
		scenarios/programs/*.[ch] scenarios/programs/*/*.[ch]))

clean:
	rm -rf build
