#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Limits below those that a kernel comes with: what goes wrong then is skipped, with the limit and where it is documented.

setup() {
	load setup
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE NO_COLOR
	unshare="unshare --ipc"
	[ "$(id -u)" -eq 0 ] || unshare="unshare --user --map-root-user --ipc"
}

# Not in what calls it: what `run` runs cannot skip its test.
needs_settings() {
	$unshare true && $unshare sh -c 'cd /proc/sys && echo 20 >fs/mqueue/msg_max && echo 4096 >kernel/msgmax' ||
		skip 'settings cannot be changed here'
}

# run_with SETTING VALUE ARGUMENT...: `ipcdrill run` where the setting of this IPC namespace is that.
run_with() {
	local setting=$1 value=$2
	shift 2
	# shellcheck disable=SC2016
	$unshare sh -c 'echo "$2" >"$1"; shift 2; exec "$@"' sh "$setting" "$value" "$ipcdrill" run --no-sandbox "$@"
}

@test "a failure where a setting is below the kernel's own is a skip, but for a scenario that asks for that setting" {
	needs_settings
	run -1 run_with /proc/sys/kernel/msgmax 16 "$fixtures/footing/message.drill"
	assert_output --partial 'kernel.msgmax is 16; scenarios reckon with 8192 (proc_sys_kernel(5)); here: msgsnd failed: EINVAL'
	assert_line --regexp '^FAIL .*message/the-same-with-a-condition-of-its-own '
	assert_line '0 passed, 1 failed, 1 skipped'
}

@test "what passes in spite of such a limit has passed" {
	needs_settings
	run -0 run_with /proc/sys/kernel/msgmax 4096 "$fixtures/footing/message.drill"
	assert_line '2 passed, 0 failed, 0 skipped'
}

@test "resource limits likewise" {
	run -4 bash -c "ulimit -f 100; exec $ipcdrill run $fixtures/footing/file.drill"
	assert_output --partial 'RLIMIT_FSIZE is 102400; scenarios reckon with 16777216 (getrlimit(2))'
	assert_line '0 passed, 0 failed, 2 skipped'
}

@test "a limit for everybody excuses only what fails with its error" {
	run -1 bash -c "ulimit -n 128; exec $ipcdrill run $fixtures/footing/descriptors.drill"
	assert_output --partial 'RLIMIT_NOFILE is 128; scenarios reckon with 1024 (getrlimit(2)); here: eventfd failed: EMFILE'
	assert_line --regexp '^FAIL .*descriptors/a-mistake-'
	assert_line '0 passed, 1 failed, 1 skipped'
}

@test "without lo nothing that needs it is begun" {
	local net="unshare --net"
	[ "$(id -u)" -eq 0 ] || net="unshare --user --map-root-user --net"
	$net true || skip 'there are no network namespaces here'
	run -4 $net "$ipcdrill" run --no-sandbox "$fixtures/footing/connection.drill"
	assert_output --partial 'lo is 0; scenarios reckon with 1 (netdevice(7))'
	refute_output --partial '; here: '
}

# Where the settings of this IPC namespace are not those that a kernel comes with.
run_tuned() {
	# shellcheck disable=SC2016
	$unshare sh -c 'cd /proc/sys && echo 20 >fs/mqueue/msg_max && echo 16384 >fs/mqueue/msgsize_max &&
		echo 5 >fs/mqueue/msg_default && echo 16384 >kernel/msgmax && echo 32768 >kernel/msgmnb &&
		cd "$OLDPWD" && exec "$@"' sh "$ipcdrill" run "$@"
}

@test "a scenario that asks for a setting gets that of the namespace it runs in" {
	needs_settings
	run -0 run_tuned --only 'posix_mq/*' --only 'sysv_msg/*'
	assert_output --regexp '[0-9]+ passed, 0 failed, [0-9]+ skipped$'
	run -0 run_tuned --no-sandbox --only 'posix_mq/*' --only 'sysv_msg/*'
	assert_output --regexp '[0-9]+ passed, 0 failed, [0-9]+ skipped$'
}

own=(unshare --mount --propagation private --pid --fork --kill-child=KILL)

needs_elsewhere() {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	"${own[@]}" true || skip 'there are no namespaces here'
}

# elsewhere SETUP COMMAND...: in mount and PID namespaces of its own, after these commands of a shell.
elsewhere() {
	# shellcheck disable=SC2016
	timeout 100 "${own[@]}" sh -c "$1"' || exit 99; shift; exec "$@"' sh "$@" 3>&-
}

@test "the /proc of another PID namespace shows others: without a sandbox it is as good as none" {
	needs_elsewhere
	run -0 elsewhere : "$ipcdrill" doctor
	assert_line --regexp '^blocked +time '
	run -0 elsewhere : "$ipcdrill" run --no-sandbox "$fixtures/suite/passes.drill"
	assert_output --partial "judged by grade 'time'"
	run -4 elsewhere : "$ipcdrill" run --no-sandbox "$fixtures/suite/fails.drill"
	assert_output --partial '/proc of these processes is 0; scenarios reckon with 1 (proc(5))'
}

@test "a sandbox has a /proc of its own, by which its workers judge" {
	needs_elsewhere
	"$ipcdrill" doctor --probes | grep -q '^sandbox *1' || skip 'no sandbox here'
	run -0 elsewhere : "$ipcdrill" run "$fixtures/suite/passes.drill"
	refute_output --partial 'judged by grade'
	run -1 elsewhere : "$ipcdrill" run "$fixtures/suite/fails.drill"
}

@test "settings that nobody may write, as in many containers" {
	needs_elsewhere
	unshare -m true 2>/dev/null || skip 'there are no mount namespaces here'
	run -4 elsewhere 'mount -t proc proc /proc && mount --bind /proc/sys /proc/sys &&
		mount -o remount,bind,ro /proc/sys' \
		"$ipcdrill" run --no-sandbox --only 'namespace/limits/*msgmax*' "$fixtures/../../scenarios"
	assert_output --partial '/proc/sys for writing is 0; scenarios reckon with 1 (proc_sys(5))'
}

@test "a full disk, one of few files, and one whose files may not be executed" {
	needs_elsewhere
	local tmpfs='mount -t proc proc /proc && mkdir -p $TMPDIR && mount -t tmpfs none $TMPDIR'
	export TMPDIR=$BATS_TEST_TMPDIR/small
	run -4 elsewhere "$tmpfs -o size=4k && echo >\$TMPDIR/full" "$ipcdrill" run --no-sandbox \
		"$fixtures/../../scenarios/splice/file.drill" --only '*moves-what-is-in-a-pipe*'
	assert_output --partial 'space below TMPDIR is '
	run -4 elsewhere "$tmpfs -o nr_inodes=3" "$ipcdrill" run --no-sandbox --only 'unix_stream/connect-twice*' \
		"$fixtures/../../scenarios"
	assert_output --partial 'files below TMPDIR is '
	run -0 elsewhere "$tmpfs -o noexec" "$ipcdrill" run --no-sandbox "$fixtures/../../scenarios/fd/execve.drill"
	assert_output --partial 'execution below TMPDIR is 0; scenarios reckon with 1 (mount(8))'
}

@test "a full /dev/shm, and one of few files" {
	needs_elsewhere
	local tmpfs='mount -t proc proc /proc && mount -t tmpfs none /dev/shm'
	run -4 elsewhere "$tmpfs -o size=4k && echo >/dev/shm/full" "$ipcdrill" run --no-sandbox --only 'posix_sem/persists' "$fixtures/../../scenarios"
	assert_output --partial 'space in /dev/shm is '
	run -4 elsewhere "$tmpfs -o nr_inodes=2" "$ipcdrill" run --no-sandbox --only 'posix_sem/persists' "$fixtures/../../scenarios"
	assert_output --partial 'files in /dev/shm is '
}

@test "a cgroup that may not have many tasks" {
	local group
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	group=$(mktemp -d /sys/fs/cgroup/pids/ipcdrill.XXXXXX || mktemp -d /sys/fs/cgroup/ipcdrill.XXXXXX) ||
		skip 'cgroups cannot be made here'
	if ! echo 3 >"$group/pids.max"; then
		rmdir "$group"
		skip 'tasks of cgroups are not limited here'
	fi
	run bash -c "echo \$\$ >$group/cgroup.procs && exec $ipcdrill run -j 1 --only 'signal/nocldwait/*' $fixtures/../../scenarios"
	rmdir "$group"
	assert_output --partial 'pids.max is 3; scenarios reckon with 256 (cgroups(7)); here: '
	assert_line --regexp ', 0 failed, '
}

@test "a fault that has no descriptors to look at calls with is not passed over in silence" {
	local limit
	for limit in 15 16 17 18 20 22; do
		run bash -c "ulimit -n $limit; exec $ipcdrill run --only 'faults/hold*' --only 'faults/short-tcp-and-pty/*' $fixtures/../../scenarios"
		assert_line --regexp ' 0 failed, '
	done
}

@test "without PATH programs are found where the system has them" {
	run -0 env -i "$ipcdrill" run --only 'program/start/a-program-runs-when-it-is-started*' "$fixtures/../../scenarios"
}

@test "who was started with another scheduling policy has it" {
	command -v chrt >/dev/null || skip 'needs chrt(1)'
	chrt --idle 0 true || skip 'the policy cannot be set here'
	run chrt --idle 0 "$ipcdrill" run "$fixtures/../../scenarios/credential/scheduling.drill"
	assert_line --regexp ', 0 failed, '
}

@test "where the C library cannot make threads, as under old container runtimes" {
	local denying=("$ipcdrill" inject -q 'entry clone3() -> errno EPERM optional' --)
	"${denying[@]}" true || skip 'calls cannot be intercepted here'
	run -0 "${denying[@]}" "$ipcdrill" run "$fixtures/footing/thread.drill"
	assert_output --partial 'threads is 0; scenarios reckon with 1 (clone(2)); here: start_thread failed: EPERM'
	assert_line '1 passed, 0 failed, 1 skipped'
}

@test "where nothing may be written to files, a worker without a sandbox lives on" {
	local only="--only 'posix_shm/unlink/those-that*' --only 'mapping/file/*'"
	run -4 bash -c "ulimit -f 0; exec $ipcdrill run --no-sandbox $only $fixtures/../../scenarios"
	assert_output --partial 'RLIMIT_FSIZE is 0; scenarios reckon with 16777216 (getrlimit(2)); here: '
	refute_output --partial 'its worker died'
	# Only in a sandbox: who dies in sem_open() leaves a file in /dev/shm, under a name that only the C library knows.
	"$ipcdrill" doctor --probes | grep -q '^sandbox *1' || skip 'no sandbox here'
	run -4 bash -c "ulimit -f 0; exec $ipcdrill run --only 'posix_sem/persists*' $only $fixtures/../../scenarios"
	assert_output --partial 'RLIMIT_FSIZE is 0; scenarios reckon with 16777216 (getrlimit(2)); here: '
}

@test "what a worker dies of for want of stack, memory or time is that want, and no mistake of its test" {
	run -4 env -i bash -c "ulimit -s 64; exec $ipcdrill run $fixtures/suite/passes.drill"
	assert_output --partial 'RLIMIT_STACK is 65536; scenarios reckon with 262144 (getrlimit(2)); here: '
	local limit
	for limit in 4000 6000 8000; do
		env -i bash -c "ulimit -d $limit; exec $ipcdrill --version" || skip 'this program needs more memory'
		run env -i bash -c "ulimit -d $limit; exec $ipcdrill run --only 'inotify/overflow' $fixtures/../../scenarios"
		assert_line --regexp ', 0 failed, '
	done
}

@test "where no worker can be started at all, every test is skipped for that" {
	run -4 bash -c "ulimit -n 6; exec $ipcdrill run $fixtures/suite/passes.drill 3>&- 4>&-"
	assert_output --partial 'RLIMIT_NOFILE is 6; scenarios reckon with 1024 (getrlimit(2)); here: '
	as_nobody bash -c "ulimit -u 1; exec $ipcdrill --version" || skip 'others cannot use this program'
	run -4 as_nobody bash -c "ulimit -u 1; exec $ipcdrill run $fixtures/suite/passes.drill"
	assert_output --partial 'RLIMIT_NPROC is 1; scenarios reckon with 256 (getrlimit(2)); here: '
	assert_line --regexp '^0 passed, 0 failed, [0-9]+ skipped$'
}

@test "with few descriptors a test is skipped at once, and does not wait for what it cannot see" {
	local limit
	for limit in 10 15 20; do
		run bash -c "ulimit -n $limit; exec $ipcdrill run --only 'cond/broadcast-wakes-all*' \
			--only 'ofd_lock/getlk/nobody*' --only 'signal/wait-restarts*' $fixtures/../../scenarios 3>&- 4>&-"
		assert_line --regexp ', 0 failed, '
	done
}

@test "doctor lists the limits that are lower, as they are where tests run" {
	local denying=("$ipcdrill" inject -q 'entry clone3() -> errno EPERM optional' --)
	run -0 bash -c "ulimit -f 100; exec $ipcdrill doctor"
	assert_line --regexp '^footing +lacking +RLIMIT_FSIZE is 102400; .* \(getrlimit\(2\)\): what fails with EFBIG is skipped$'
	refute_line --regexp '^footing +full'
	needs_settings
	# shellcheck disable=SC2016
	local at_16='echo 16 >/proc/sys/kernel/msgmax && exec "$@" doctor'
	run -0 $unshare sh -c "$at_16" sh "$ipcdrill"
	[[ $output =~ sandbox\ +none ]] || refute_output --partial 'kernel.msgmax is 16'
	"${denying[@]}" true || skip 'calls cannot be intercepted here'
	run -0 $unshare sh -c "$at_16" sh "${denying[@]}" "$ipcdrill"
	assert_line --regexp '^footing +lacking +threads is 0; scenarios reckon with 1 \(clone\(2\)\): what uses start_thread, mq_notify and fails is skipped$'
	assert_line --regexp '^footing +lacking +kernel.msgmax is 16; '
}
