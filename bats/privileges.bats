#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A root that lacks some of what root has, as in a container: what takes it is skipped with the reason, all else runs.

load setup

# The suite with a root that lacks these capabilities. The limit only ends a failure to end; what such a run leaves
# must not hold the pipes of bats.
lacking() {
	local sets="-$1" status=0
	shift
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	command -v setpriv >/dev/null || skip 'needs setpriv(1)'
	setpriv --bounding-set "${sets//,/,-}" --inh-caps "${sets//,/,-}" true 2>/dev/null || skip 'lacks the capability itself'
	timeout 100 setpriv --bounding-set "${sets//,/,-}" --inh-caps "${sets//,/,-}" \
		"$ipcdrill" run "$@" >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- || status=$?
	cat "$BATS_TEST_TMPDIR/output"
	return "$status"
}

setup() {
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE
	cd "$BATS_TEST_DIRNAME/.." || return
}

@test "who became another user ends with the sandbox where it cannot be killed" {
	"$ipcdrill" doctor --probes | grep -q '^sandbox *1' || skip 'no sandbox here'
	run -0 lacking kill -j1 --only signal/kill-real-uid --only 'sysv_shm/attach-read-only/*'
	assert_line --regexp '^[1-9][0-9]* passed, 0 failed, 0 skipped$'
}

@test "who becomes another user is skipped where nobody could end it" {
	run -4 lacking kill --no-sandbox --only signal/kill-real-uid
	assert_output --partial 'CAP_KILL is not in the effective set'
	assert_line '0 passed, 0 failed, 1 skipped'
}

@test "who became another user is judged by its state where its call cannot be seen" {
	run -0 lacking sys_ptrace --only signal/kill-real-uid --only signal/queued-count
	assert_line '2 passed, 0 failed, 0 skipped'
	assert_output --partial "judged by grade 'stat'"
}

@test "a root that lacks CAP_SYS_ADMIN keeps the rest of its privileges" {
	run -0 lacking sys_admin --only 'signal/kill*' --only 'credential/*'
	assert_line --regexp '^[1-9][0-9]* passed, 0 failed, [0-9]+ skipped$'
}

@test "a root among no other users is nobody else: skipped" {
	unshare -Ur true 2>/dev/null || skip 'needs unshare(1) and user namespaces'
	run -4 timeout 100 unshare -Ur "$ipcdrill" run --only signal/kill-eperm --only 'sysv_sem/permissions/*'
	assert_output --partial 'CAP_SETUID is of no use: this user namespace does not have all user ids'
	assert_line --regexp '^0 passed, 0 failed, [1-9][0-9]* skipped$'
}

# in_a_bare_dev COMMAND...: where /dev has neither terminals nor a place for shared memory.
in_a_bare_dev() {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	unshare -m true 2>/dev/null || skip 'needs unshare(1) and CAP_SYS_ADMIN'
	unshare -m --propagation private sh -c '
		old=$(mktemp -d) && mount --rbind /dev "$old" && mount -t tmpfs -o mode=755 none /dev || exit 99
		for device in null zero full random urandom tty; do
			touch "/dev/$device" && mount --bind "$old/$device" "/dev/$device" || exit 99
		done
		umount -l "$old" && rmdir "$old"
		exec "$@"' sh "$@"
}

@test "without /dev/shm the sandbox hides no program" {
	mkdir "$BATS_TEST_TMPDIR/place"
	cp -r build/ipcdrill build/programs "$BATS_TEST_TMPDIR/place"
	cp -r scenarios "$BATS_TEST_TMPDIR/place"
	run -0 in_a_bare_dev timeout 100 "$BATS_TEST_TMPDIR/place/ipcdrill" run --programs "$BATS_TEST_TMPDIR/place/programs" \
		--only 'programs/pi*' "$BATS_TEST_TMPDIR/place/scenarios"
	assert_line --regexp '^[1-9][0-9]* passed, 0 failed, [0-9]+ skipped$'
}

@test "without /dev/pts names of terminals are skipped" {
	run -4 in_a_bare_dev timeout 100 "$ipcdrill" run --only 'pty/names/*'
	assert_output --partial '/dev/pts/ptmx: No such file or directory'
}
