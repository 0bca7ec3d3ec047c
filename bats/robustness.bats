#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# SIGKILL of the harness at random moments: no process, no file and no kernel object may outlive it.
# IPCDRILL_KILLS says how often each test kills.

setup() {
	program=${IPCDRILL:-$BATS_TEST_DIRNAME/../build/ipcdrill}
	as=()
	kills=${IPCDRILL_KILLS:-50}
	export TMPDIR=$BATS_TEST_TMPDIR/scratch
	export IPCDRILL_MARK=$BATS_TEST_TMPDIR/$$
	mkdir "$TMPDIR"
}

# Processes of the program that carry our mark in their environment: the harness and whatever it forked.
marked() {
	local file
	for file in $(grep -l -a -s -F -e "IPCDRILL_MARK=$IPCDRILL_MARK" /proc/[0-9]*/environ); do
		file=${file%/environ}
		if [ "$(readlink "$file/exe")" -ef "$program" ]; then
			echo "${file#/proc/}"
		fi
	done
}

kernel_objects() {
	cat /proc/sysvipc/{msg,sem,shm} 2>/dev/null
	ls -A /dev/shm /dev/mqueue 2>/dev/null
	cut -d ' ' -f 5 /proc/self/mountinfo
}

# Looks again until the command prints nothing; that it once does is the fact, the limit only ends a failure.
until_nothing() {
	local limit=$((SECONDS + 20)) seen
	while seen=$("$@"); [ -n "$seen" ]; do
		if [ "$SECONDS" -ge "$limit" ]; then
			echo "still there:" $seen
			head -v /proc/${seen%%$'\n'*}/{status,syscall,wchan} 2>/dev/null || true
			return 1
		fi
	done
}

left_in_scratch() {
	ls -A "$TMPDIR"
}

# kill_often ARGUMENT...: runs it again and again, each time for a random part of the first 0.2 seconds.
kill_often() {
	local i status killed=0 moment
	for ((i = 0; i < kills; i++)); do
		printf -v moment '0.%06d' $((RANDOM * 200000 / 32768))
		status=0
		timeout --foreground --signal KILL "$moment" "${as[@]}" "$program" run "$@" >/dev/null 2>&1 </dev/null || status=$?
		[ "$status" -ne 137 ] || killed=$((killed + 1))
		until_nothing marked
	done
	echo "killed $killed of $kills"
	[ "$killed" -gt $((kills / 2)) ]
}

@test "SIGKILL at random moments leaves nothing behind" {
	local before
	before=$(kernel_objects)
	kill_often --repeat 1000
	[ "$(kernel_objects)" = "$before" ]
	until_nothing left_in_scratch
}

@test "SIGKILL at random moments leaves nothing behind without a sandbox" {
	local before
	before=$(kernel_objects)
	kill_often --no-sandbox --repeat 1000
	[ "$(kernel_objects)" = "$before" ]
	until_nothing left_in_scratch
}

# Objects of fixtures/hostile/keyless*.drill, by their permissions: others may make some without a key meanwhile.
keyless_objects() {
	awk '$1 == 0 && $3 == 631' /proc/sysvipc/{msg,sem,shm}
}

keyless_are_missing() {
	[ "$(keyless_objects | wc -l)" -eq 3 ] || echo "only: $(keyless_objects)"
}

@test "SIGKILL leaves no object without a key behind where nobody else could know it" {
	"$program" run --no-sandbox "$BATS_TEST_DIRNAME/fixtures/hostile/keyless.drill" >/dev/null 2>&1 </dev/null 3>&- &
	until_nothing keyless_are_missing
	kill -KILL $!
	until_nothing marked
	[ -z "$(keyless_objects)" ]
}

@test "SIGKILL while objects without a key are made leaves none behind" {
	kill_often --no-sandbox --repeat 100000 --only '*made*' "$BATS_TEST_DIRNAME/fixtures/hostile/keyless.drill"
	[ -z "$(keyless_objects)" ]
}

@test "a fault that kills who has made an object without a key leaves none behind" {
	run "$program" run --no-sandbox --only '*killed*' "$BATS_TEST_DIRNAME/fixtures/hostile/keyless.drill"
	[ "$status" -ne 0 ]
	[[ $output == *'left behind: message queue '*'(key 0x0)'* ]]
	[ -z "$(keyless_objects)" ]
}

@test "SIGKILL at random moments leaves nothing of an ordinary user behind" {
	[ "$(id -u)" -eq 0 ] || skip 'the tests above were those of an ordinary user'
	command -v setpriv >/dev/null || skip 'setpriv is not installed'
	as=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all)
	mkdir -p "$BATS_TEST_TMPDIR/copy/build"
	cp "$program" "$BATS_TEST_TMPDIR/copy/build/ipcdrill"
	cp -r "$BATS_TEST_DIRNAME/../scenarios" "$BATS_TEST_TMPDIR/copy/"
	program=$BATS_TEST_TMPDIR/copy/build/ipcdrill
	chmod -R a+rX "$BATS_RUN_TMPDIR"
	chmod 1777 "$TMPDIR"
	"${as[@]}" test -x "$program" || skip 'an ordinary user cannot reach the directory of the tests'

	local before
	before=$(kernel_objects)
	kill_often --repeat 1000
	[ "$(kernel_objects)" = "$before" ]
	until_nothing left_in_scratch
}

# ten_of LIMIT...: a scenario of ten processes and ten pipes under such a limit of descriptors.
ten_of() {
	ulimit "$@"
	timeout 60 "$program" run --no-sandbox -j 1 "$BATS_TEST_DIRNAME/../scenarios/pipe/program-ten-children-one-pipe-each.drill"
}

@test "few descriptors are no reason to wait, and where more may be had they are taken" {
	run ten_of -n 15
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *'the driver cannot watch its endpoints: Too many open files; allow it more with ulimit -n'* ]]
	until_nothing left_in_scratch
	run ten_of -S -n 15
	[ "$status" -eq 0 ]
}
