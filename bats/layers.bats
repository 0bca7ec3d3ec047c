#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Each layer rule notices a violation of it: a rule that cannot fail guards nothing.

setup() {
	layers=$BATS_TEST_DIRNAME/../ci/layers.sh
	root=$BATS_TEST_TMPDIR/tree
	mkdir -p "$root/lib/calls" "$root/lib/mechanisms" "$root/harness" "$root/ci" "$root/scenarios/pipe"
	cd "$root"
	echo '# SPDX-License-Identifier: MIT' >Makefile
}

# plant FILE TEXT...: a source with a licence and these lines.
plant() {
	local file=$1
	shift
	{
		echo '// SPDX-License-Identifier: MIT'
		printf '%s\n' "$@"
	} >"$file"
}

violates() {
	run sh "$layers" "$root"
	[ "$status" -eq 1 ]
	[[ $output == *"violated: $1"* ]]
	[[ $output == *" rules hold, 1 violated" ]]
}

@test "a tree without violations passes" {
	plant lib/good.c '/* sleep(1), exit(1), printf("/proc/1") in a comment are not calls */' \
		'int good(void) { say("time (long), exit(1)"); return asleep(1) + my_exit(2) + fprintf(stderr, "x"); }'
	plant harness/main.c 'int main(void) { printf("x"); exit(0); }'
	run sh "$layers" "$root"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "libseccomp outside inject.c" {
	plant lib/endpoint.c '#include <seccomp.h>'
	violates '<seccomp.h> is for inject_filter.c'
}

@test "/proc outside its owners" {
	plant lib/call.c 'int f(void) { return open("/proc/self/stat", 0); }'
	violates '/proc is for'
}

@test "a second clock" {
	plant harness/run.c 'int f(void) { return clock_gettime(0, 0); }'
	violates 'the clock is for deadline.c'
}

@test "exit outside main.c" {
	plant lib/call.c 'void f(void) { exit(1); }'
	violates 'only main.c exits'
}

@test "_exit outside the processes that are forked" {
	plant harness/run.c 'void f(void) { _exit(1); }'
	violates '_exit is for the processes'
}

@test "printing outside reports, commands, output and main" {
	plant harness/run.c 'void f(void) { fprintf(stdout, "x"); }'
	violates 'standard output is for'
}

@test "sleeping in the program" {
	plant lib/settle_linux.c 'void f(void) { usleep(10); }'
	violates 'nobody sleeps'
}

@test "sleeping in a script" {
	printf '#!/bin/sh\n# SPDX-License-Identifier: MIT\nsleep 1\n' >ci/wait.sh
	violates 'no script sleeps'
}

@test "lib that includes a header of harness" {
	plant harness/plan.h
	plant lib/call.c '#include "plan.h"'
	violates 'lib knows no header outside lib'
}

@test "a call family that includes a mechanism's neighbour" {
	plant lib/endpoint.h
	plant lib/calls/fd.c '#include "endpoint.h"'
	violates 'members of the open sets'
}

@test "a source without a licence" {
	echo 'int x;' >lib/x.c
	violates 'every source names its licence'
}

@test "a source of more than 500 lines" {
	plant lib/x.c "$(seq 1 500 | sed 's/.*/int x&;/')"
	violates 'no source is longer'
}

@test "a scenario without cite" {
	printf 'ipcdrill 1\n\nscenario "x" {\n  covers pipe.x\n}\n' >scenarios/pipe/a.drill
	violates 'every scenario cites'
	[[ $output == *'scenarios/pipe/a.drill:3: no cite'* ]]
}

@test "the path of a checkout" {
	mkdir "$root/deep"
	mkdir "$root/deep/ci"
	echo "# see $root/deep/ci" >"$root/deep/notes"
	root=$root/deep violates 'no file names a path'
}

# A source that is a FIFO holds it up until somebody writes there: it is at work when it is told to end. One that
# goes on comes to the FIFO again, and waits there.
@test "one that is interrupted does not say that all is well" {
	mkfifo lib/held.c
	sh "$layers" "$root" >output 2>&1 3>&- &
	checker=$!
	exec {held}>lib/held.c
	kill -TERM "$checker"
	exec {held}>&-
	timeout 20 tail -f -s 0.1 --pid="$checker" /dev/null || kill -KILL "$checker" $(pgrep -P "$checker")
	status=0
	wait "$checker" || status=$?
	[ "$status" -eq 130 ]
	[[ $(cat output) != *"rules hold"* ]]
}
