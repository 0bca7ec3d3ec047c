#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# ipcdrill inject: rules, what is said of them, how it ends, profiles and sweeps.

setup() {
	load setup
	cd "$BATS_TEST_TMPDIR" || return
	"$ipcdrill" doctor | grep -q -E '^injection +(full|notify)' || skip 'calls cannot be intercepted here'
}

inject() {
	"$ipcdrill" inject "$@"
}

# copy N: N reads and N writes of one byte each; size == 1 are these and no others.
copy() {
	echo "dd if=/dev/zero of=copied bs=1 count=$1 status=none"
}

# leaves_nobody WORDS: nothing with these arguments runs any more, sooner or later within the limit of the test.
leaves_nobody() {
	command -v pgrep >/dev/null || skip 'needs pgrep'
	while pgrep -f -- "$1" >/dev/null; do :; done
}

@test "a program that nothing is done to is as it would be alone" {
	run -7 --separate-stderr inject -q 'entry write() -> errno EIO optional' -- sh -c 'cat; exit 7' <<<'through'
	assert_output ''
	run -7 --separate-stderr inject -q 'entry getppid() -> errno EIO optional' -- sh -c 'cat; exit 7' <<<'through'
	assert_output 'through'
	assert_equal "$stderr" ''
	run -0 inject -q 'entry acct() -> kill optional' -- sh -c 'echo "$0 $1 $NAME"' 'an argument' --json
	assert_output 'an argument --json '
	NAME=value run -0 inject -q 'entry acct() -> kill optional' -- sh -c 'echo "$NAME $(cat <&5)"' 5<<<'fifth'
	assert_output 'value fifth'
}

@test "the rule fires at its call and no other" {
	run -0 --separate-stderr inject 'entry write(size == 1) nth 3 -> errno EINTR' -- sh -c "$(copy 5)"
	assert_equal "$(stat -c %s copied)" 5
	assert_regex "$stderr" '^ipcdrill inject: rule 1: fired at 1 of 6 calls: write\(1</.*/copied>, 1\) = -1 EINTR \(Interrupted system call\), in dd \([0-9]+\)$'
	run -1 inject 'entry write(size == 1) nth 3 -> errno ENOSPC' -- sh -c "$(copy 5)"
	assert_equal "$(stat -c %s copied)" 2
	run -0 inject -o log 'entry write(path ~ "*/copied") nth 2..4 -> short 2' -- dd if=/dev/zero of=copied bs=7 count=3 status=none
	assert_equal "$(stat -c %s copied)" 21
	assert_equal "$(grep -c ' = 2 (rule 1, call [234]: short 2)$' log)" 3
	assert_regex "$(tail -n 1 log)" '^rule 1: fired at 3 of 6 calls: write\(1</.*/copied>, 7\) = 2, in dd \([0-9]+\), \.\.\.$'
}

@test "conditions: path, kind, size; families; calls that no scenario has" {
	run -0 inject -q --expect any 'entry openat(path ~ "*.log") -> errno EACCES' -- sh -c 'echo x 2>/dev/null >a.log; echo y >b.txt'
	assert [ ! -e a.log ]
	assert [ -e b.txt ]
	run -0 inject -q 'entry write(kind == pipe) nth 1 -> errno EINTR' -- bash -c '/bin/echo x >file; /bin/echo piped | cat || true'
	run -0 --separate-stderr inject 'entry open(path ~ "*/hostname") -> errno ENOENT' --expect 1 -- cat /etc/hostname
	assert_regex "$stderr" 'fired at 1 of 1 call: openat\(AT_FDCWD, "/etc/hostname"\) = -1 ENOENT'
	run -0 inject -q 'entry prlimit64|getrandom() -> delay 1ms' -- true
}

@test "several rules, several effects" {
	run -0 --separate-stderr inject 'entry write(size == 1) nth 2 -> errno EINTR' 'entry write(size == 1) every 2 -> delay 1ms' \
		'entry read(size == 1) nth 1 -> signal SIGCONT, delay 1ms' -- sh -c "$(copy 4)"
	assert_regex "$stderr" 'rule 1: fired at 1 of 5 calls'
	assert_regex "$stderr" 'rule 2: fired at 2 of 5 calls'
	assert_regex "$stderr" 'rule 3: fired at 1 of 4 calls'
}

@test "kills before and after the effect" {
	run -137 inject -q 'entry write(size == 1) nth 2 -> kill' -- dd if=/dev/zero of=copied bs=1 count=5 status=none
	assert_equal "$(stat -c %s copied)" 1
	run -143 inject -q 'exit write(size == 1) nth 2 -> kill SIGTERM' -- dd if=/dev/zero of=copied bs=1 count=5 status=none
	assert_equal "$(stat -c %s copied)" 2
}

@test "the status of the program is ours, and so is its signal" {
	run -42 inject -q 'entry acct() -> kill optional' -- sh -c 'exit 42'
	run -139 inject -q 'entry acct() -> kill optional' -- sh -c 'kill -SEGV $$'
	assert_equal "$(bash -c '"$0" inject -q "entry acct() -> kill optional" -- sh -c "kill -TERM \$\$"; kill -l $?' "$ipcdrill")" TERM
}

@test "--expect: a status, a signal, anything" {
	run -0 inject -q --expect 42 'entry acct() -> kill optional' -- sh -c 'exit 42'
	run -1 inject -q --expect 41 'entry acct() -> kill optional' -- sh -c 'exit 42'
	assert_output 'ipcdrill inject: the program ended with status 42'
	run -0 inject -q --expect SIGSEGV 'entry acct() -> kill optional' -- sh -c 'kill -SEGV $$'
	run -1 inject -q --expect SIGBUS 'entry acct() -> kill optional' -- sh -c 'kill -SEGV $$'
	assert_output 'ipcdrill inject: the program was killed by signal 11 (Segmentation fault)'
	run -0 inject -q --expect any 'entry acct() -> kill optional' -- sh -c 'exit 42'
	run -3 inject -q --expect any 'entry acct() -> kill' -- sh -c 'exit 42'
	for value in 256 -1 x SIGFOO '' 1x; do
		run -2 inject --expect "$value" 'entry acct() -> kill' -- true
		assert_output "ipcdrill inject: --expect needs a status from 0 to 255, a signal such as SIGSEGV, or any, not '$value'"
	done
}

@test "a rule that never fired is an error, unless it is optional" {
	run -3 inject 'entry acct() -> kill' 'entry write(size == 1) nth 9 -> errno EIO' 'entry read(path ~ "*.none") -> errno EIO' \
		-- sh -c "$(copy 2)"
	assert_line "ipcdrill inject: rule 1 'entry acct() -> kill' never fired: acct was never called"
	assert_line --regexp "^ipcdrill inject: rule 2 'entry write\(size == 1\) nth 9 -> errno EIO' never fired: 2 calls of write matched \(of [0-9]+ made\), and it waits for call 9$"
	assert_line --regexp "^ipcdrill inject: rule 3 'entry read\(path ~ \"\*.none\"\) -> errno EIO' never fired: read was called [0-9]+ times, never as the rule wants it$"
	run -0 inject 'entry acct() -> kill optional' -- true
	assert_output 'ipcdrill inject: rule 1: never fired, 0 calls matched'
}

@test "what cannot be carried out in the end is an error" {
	command -v python3 >/dev/null || skip 'needs python3'
	run -3 inject 'entry recv() -> short 1' -- python3 -c '
import socket
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.send(b"whole")
assert b.recv(10) == b"whole"'
	assert_output --partial "rule 1 'entry recv() -> short 1' was never carried out: "
}

@test "optional errors are left to the kernel" {
	run -1 --separate-stderr inject 'entry write() -> errno EIO optional' -- dd if=/dev/zero of=copied bs=1 count=1 status=none
	assert_equal "$stderr" $'ipcdrill inject: rule 1: left to the kernel, which does not count'
}

@test "the whole tree is under the rules, and is waited for" {
	run -0 --separate-stderr inject 'entry write(path ~ "*/late") -> delay 1ms' -- sh -c '(setsid sh -c "echo x >late" &) ; :'
	assert [ -s late ]
	run -0 --separate-stderr inject 'entry write(size == 1) -> delay 1ms' -- sh -c "$(copy 2); $(copy 2)"
	assert_regex "$stderr" 'fired at 4 of 4 calls'
}

@test "mistakes in rules are shown with their place, all at once" {
	run -2 inject 'entry write(' 'entry wriet() -> errno ENOSPX' 'exit exit_group() -> kill' -- true
	assert_line 'rule 1:1:13: error: expected a value or '"')'"', found end of line'
	assert_line 'rule 2:1:7: error: there is no system call wriet'
	assert_line '      |       ^~~~~'
	assert_line '      = did you mean write?'
	assert_line '      = did you mean ENOSPC?'
	assert_line --partial 'rule 3:1:1: error: this cannot be carried out: '
}

@test "command lines that ask for nothing, or for too much" {
	run -2 inject
	assert_output 'ipcdrill inject: no program: write -- PROGRAM behind the rules'
	run -2 inject 'entry write() -> kill'
	assert_output 'ipcdrill inject: no program: write -- PROGRAM behind the rules'
	run -2 inject 'entry write() -> kill' --
	assert_output 'ipcdrill inject: no program behind --'
	run -2 inject -- true
	assert_output "ipcdrill inject: no rule; for example: 'entry write() nth 3 -> errno ENOSPC'"
	run -2 inject --list-calls --sweep -- true
	assert_output 'ipcdrill inject: either --list-calls or --sweep'
	run -2 inject --list-calls 'entry write() -> kill' -- true
	assert_output "ipcdrill inject: --list-calls makes its own rules; 'entry write() -> kill' is one too many"
	run -2 inject --calls write 'entry write() -> kill' -- true
	assert_output 'ipcdrill inject: --calls is for --sweep'
	run -2 inject --sweep -q -- true
	assert_output 'ipcdrill inject: --quiet is for rules, not for --sweep'
	run -2 inject --list-calls -q -- true
	assert_output 'ipcdrill inject: --quiet is for rules, not for --list-calls'
	run -2 inject --sweep --expect 0 -- true
	assert_output 'ipcdrill inject: --expect is not for --sweep, which compares with the undisturbed run'
	run -2 inject --sweep --at middle -- true
	assert_output "ipcdrill inject: --at needs entry or exit, not 'middle'"
	run -2 inject --sweep -j 0 -- true
	assert_output "ipcdrill inject: -j needs a number from 1 to 64, not '0'"
	run -2 inject --sweep --timeout x -- true
	assert_output "ipcdrill inject: --timeout needs a number above 0, at most 1000000, not 'x'"
	run -2 inject --swep -- true
	assert_output 'ipcdrill inject: unknown option --swep; did you mean --sweep?'
	run -2 inject --swep
	assert_output 'ipcdrill inject: unknown option --swep; did you mean --sweep?'
	run -2 inject --sweep --calls 'read|wriet' --effects 'kil' -- true
	assert_line '--calls:1:6: error: there is no system call wriet'
	assert_line '    1 | read|wriet'
	assert_line '      |      ^~~~~'
	assert_line '--effects:1:1: error: unknown effect kil'
	assert_line '    1 | kil'
	assert_line '      | ^~~'
}

@test "mistakes in --calls and --effects are shown in what was written there" {
	for calls in '' 'read|' 'read||write' 'write(size > 3)' 'read write' 'read|-'; do
		run -2 inject --sweep --calls "$calls" -- true
		assert_line --regexp '^--calls:1:[0-9]+: error: here stand names of system calls, and no more$'
		assert_line "    1 | $calls"
	done
	run -2 inject --sweep --calls 'write(size > 3)' --effects 'errno EIO, kill optional' -- true
	assert_line --index 0 '--calls:1:6: error: here stand names of system calls, and no more'
	assert_line '--effects:1:17: error: optional is for rules'
	assert_line '    1 | errno EIO, kill optional'
	assert_line '      |                 ^~~~~~~~'
	run -2 inject --sweep --effects 'kill -> kill' -- true
	assert_line --regexp "^--effects:1:6: error: expected .*, found '->'"
	run -2 inject --sweep --effects 'errno (' -- true
	assert_line --index 0 --regexp '^--effects:1:8: error: '
	assert_line "      = the '(' of line 1, column 7 is not closed"
	run -2 inject --sweep --effects '' -- true
	assert_line --index 0 --regexp '^--effects:1:1: error: .*, found end of line$'
}

@test "more than there is room for is an error, and never left out" {
	run -2 inject --sweep --calls "$(printf 'accept|%.0s' {1..16})read" -- true
	assert_line --index 0 '--calls:1:113: error: these are too many calls: there can be 32 at once'
	mapfile -t rules < <(yes 'entry acct() -> kill optional' | head -n 65)
	run -2 inject "${rules[@]}" -- true
	assert_output 'ipcdrill inject: 65 rules; there can be 64'
}

@test "programs that are not there, or are none" {
	run -127 inject 'entry write() -> kill' -- no-such-program
	assert_output 'ipcdrill inject: cannot run the program: there is no no-such-program in PATH'
	run -127 inject 'entry write() -> kill' -- ./no-such-program
	assert_output 'ipcdrill inject: cannot run the program: there is no ./no-such-program'
	run -127 inject 'entry write() -> kill' -- ''
	assert_output 'ipcdrill inject: cannot run the program: its name is empty'
	run -126 inject 'entry write() -> kill' -- ./
	assert_output --regexp '^ipcdrill inject: cannot run the program: .* is a directory$'
	echo 'no program' >plain
	run -126 as_nobody "$ipcdrill" inject 'entry write() -> kill' -- ./plain
	assert_output 'ipcdrill inject: cannot run the program: ./plain is not executable'
	chmod +x plain
	run -126 inject 'entry write() -> kill optional' -- ./plain
	assert_output 'ipcdrill inject: cannot run the program: ./plain: Exec format error'
	printf '#!/no/such/interpreter\n' >orphaned
	chmod +x orphaned
	run -127 inject 'entry write() -> kill optional' -- ./orphaned
	assert_output 'ipcdrill inject: cannot run the program: the interpreter that ./orphaned names is not there'
	run -126 inject --list-calls -- ./plain
	run -126 inject --sweep -- ./plain
}

@test "a set-user-ID program loses its privileges, which is said" {
	[ "$(id -u)" -eq 0 ] || skip 'needs root to make one'
	cp "$(command -v id)" own
	chown 1:1 own
	chmod 4755 own
	chmod 711 .
	run -0 as_nobody "$ipcdrill" inject -q 'entry acct() -> kill optional' -- ./own -u
	assert_line 'ipcdrill inject: note: ./own is set-uid 1: its privileges are gone, it runs without them'
	assert_line 65534
}

@test "output that cannot be written" {
	run -2 inject -o no/such/directory/log 'entry write() -> kill optional' -- true
	assert_output 'ipcdrill inject: no/such/directory/log: No such file or directory'
	[ -e /dev/full ] || skip 'needs /dev/full'
	run -3 inject -o /dev/full 'entry acct() -> kill optional' -- true
	assert_output 'ipcdrill inject: /dev/full: No space left on device'
	run -3 inject -o /dev/full --list-calls -- true
	run -3 inject -o /dev/full --sweep --calls write -- true
}

@test "where there can be no more processes, that is said, and is no lack of the kernel's" {
	as_nobody unshare -U true 2>/dev/null || skip 'needs a user namespace, where nobody else is counted'
	# A sanitized one would look for leaks by a process more.
	export ASAN_OPTIONS=detect_leaks=0
	for most in 1 2; do
		for what in 'entry acct() -> kill optional' --sweep; do
			run -3 as_nobody unshare -U bash -c 'ulimit -u "$0"; exec "$@"' $most "$ipcdrill" inject "$what" -- true
			assert_output 'ipcdrill inject: cannot start a process: Resource temporarily unavailable'
		done
	done
}

@test "where somebody listens already, and where nobody can" {
	run -4 inject -q 'entry acct() -> kill optional' -- "$ipcdrill" inject 'entry write() -> kill' -- true
	assert_output 'ipcdrill inject: somebody listens to the calls of this process already, and the kernel allows one: another ipcdrill inject, or a container'"'s runtime"
	run -0 inject -q 'entry acct() -> kill optional' -- "$ipcdrill" inject -q 'entry link() -> errno EIO optional' -- echo fine
	assert_output 'fine'
	local what
	for what in 'entry write() -> kill' --list-calls --sweep; do
		run -4 inject -q 'entry seccomp() -> errno EINVAL optional' -- "$ipcdrill" inject "$what" -- true
		assert_output --partial 'ipcdrill inject: calls cannot be intercepted here: there is no seccomp notification'
	done
}

@test "signals to us go to the program; what outlives it is ended by them" {
	local status=0
	: >signalled
	"$ipcdrill" inject -q 'entry acct() -> kill optional' -- \
		sh -c 'trap "echo got; exit 5" TERM; echo up; tail -f "$0" & wait' "$PWD/signalled" >out 2>err 3>&- &
	until grep -q up out; do :; done
	kill -TERM $!
	until grep -q got out; do :; done
	# It has said so, and may not be gone yet: the next signal would still be for it.
	while pgrep -f '^sh -c trap "echo got' >/dev/null; do :; done
	assert kill -0 $!
	kill -TERM $!
	wait $! || status=$?
	assert_equal "$status" 5
	leaves_nobody "$PWD/signalled"
}

@test "killed, we leave nobody behind" {
	command -v pgrep >/dev/null || skip 'needs pgrep'
	: >left-behind
	"$ipcdrill" inject -q 'entry read() -> delay 1ms optional' -- \
		sh -c '(setsid tail -f "$0" &); : >up; exec tail -f "$0"' "$PWD/left-behind" 2>err 3>&- &
	until [ -e up ]; do :; done
	until [ "$(pgrep -f -x -c -- "tail -f $PWD/left-behind")" -eq 2 ]; do :; done
	kill -KILL $!
	wait $! || true
	leaves_nobody "$PWD/left-behind"
}

@test "the log in JSON: an object for each hit, each rule and the end" {
	command -v jq >/dev/null || skip 'needs jq'
	run -1 inject --json -o log 'entry write(size == 1) nth 2 -> errno EIO' 'entry acct() -> kill optional' -- \
		dd if=/dev/zero of=copied bs=1 count=5 status=none
	jq -s -e '.[0] | .type == "hit" and .program == "dd" and .rules == [{rule: 1, call: 2}] and
		(.call | test("^write\\(1<.*/copied>, 1\\)$")) and (.result | test("^-1 EIO"))' log
	jq -s -e '.[1] | .type == "rule" and .fired == 1 and .matched >= 2 and .text == "entry write(size == 1) nth 2 -> errno EIO"' log
	jq -s -e '.[2] | .rule == 2 and .fired == 0 and .optional' log
	jq -s -e '.[3] == {type: "end", status: 1} and length == 4' log
}

@test "nobody is kept from a core that all have to share in real time" {
	chrt --fifo 1 true || skip 'nobody may ask for real time here'
	run -0 timeout -s KILL 60 chrt --fifo 1 taskset -c "$(taskset -cp $$ | grep -o '[0-9]*$')" \
		"$ipcdrill" inject -q 'entry write(size == 1) nth 9000 -> errno EIO optional' -- sh -c "$(copy 3000)"
	assert_equal "$(stat -c %s copied)" 3000
}

@test "--list-calls: exact, with the kinds of descriptors" {
	run -0 --separate-stderr inject --list-calls -- dd if=/dev/zero of=copied bs=1 count=7 status=none
	assert_equal "$output" ''
	assert_regex "$stderr" '( |,)device 7'
	assert_regex "$stderr" $'\n +7  write                 file 7\n'
	assert_regex "$stderr" $'\n +1  exit_group\n'
	refute [[ $stderr == *execve* ]]
	run -3 --separate-stderr inject --list-calls -o table -- sh -c 'exit 3'
	assert_equal "$stderr" ''
	assert_regex "$(head -n 1 table)" '^ +times  call +on$'
	command -v jq >/dev/null || skip 'needs jq'
	run -0 inject --list-calls --json -o table -- dd if=/dev/zero of=copied bs=1 count=7 status=none
	jq -e '.[] | select(.call == "write") | . == {call: "write", times: 7, kinds: {file: 7}}' table
	jq -e 'map(.times) == (map(.times) | sort | reverse)' table
}

@test "the profile counts what a rule would count" {
	command -v jq >/dev/null || skip 'needs jq'
	inject --list-calls --json -o table -- sh -c "$(copy 3); cat copied | cat >/dev/null"
	# Not clone: a child that ends while another is forked makes the shell's handler end that call (doc/inject.md).
	for call in openat close read write mmap; do
		times=$(jq "map(select(.call == \"$call\") | .times) + [0] | .[0]" table)
		[ "$times" -eq 0 ] && continue
		inject --json -o log "entry $call() -> delay 0ms" -- sh -c "$(copy 3); cat copied | cat >/dev/null"
		assert_equal "$(jq -s 'map(select(.type == "rule"))[0].matched' log)" "$times"
	done
}

@test "--quiet is for standard error, in words and in JSON; a file gets all the same" {
	command -v jq >/dev/null || skip 'needs jq'
	run -0 --separate-stderr inject --json 'entry write(size == 1) nth 1 -> errno EINTR optional' -- dd if=/dev/zero of=copied bs=1 count=1 status=none
	assert_equal "$(jq -r .type <<<"$stderr" | tr '\n' ' ')" 'hit rule end '
	run -0 --separate-stderr inject --json -q 'entry write(size == 1) nth 1 -> errno EINTR optional' -- dd if=/dev/zero of=copied bs=1 count=1 status=none
	assert_equal "$output$stderr" ''
	run -0 --separate-stderr inject --json -q -o log 'entry write(size == 1) nth 1 -> errno EINTR optional' -- dd if=/dev/zero of=copied bs=1 count=1 status=none
	assert_equal "$output$stderr" ''
	assert_equal "$(jq -r .type log | tr '\n' ' ')" 'hit rule end '
	run -3 --separate-stderr inject --json -q 'entry acct() -> kill' -- true
	assert_equal "$stderr" "ipcdrill inject: rule 1 'entry acct() -> kill' never fired: acct was never called"
}

@test "--sweep: each call, each time, each effect" {
	run -0 inject --sweep --calls 'write' -- dd if=/dev/zero of=copied bs=2 count=3 status=none
	assert_line --index 0 --regexp '^undisturbed: [0-9]+ calls, 0 bytes of output, exit status 0$'
	assert_line 'write                 errno EINTR       1-3        same'
	assert_line 'write                 errno EIO         1-3        exit status 1'
	assert_line 'write                 short 1           1-3        same'
	assert_line 'write                 kill              1-3        killed by SIGKILL'
	assert_line '12 runs: 6 same, 3 exit status, 3 killed'
}

@test "--sweep: other output, what cannot be, what is never called, and all in JSON" {
	run -0 inject --sweep --calls 'write|openat|acct' --effects 'errno EPERM, short 1' -- sh -c 'echo one || true; echo two || true'
	assert_line 'write                 errno EPERM       1-2        other output'
	assert_line 'write                 short 1           1-2        same'
	assert_line 'acct                  errno EPERM       -          never called'
	assert_line 'short 1 cannot be: this call moves no bytes that could be fewer'
	assert_line '    openat, acct'
	command -v jq >/dev/null || skip 'needs jq'
	run -0 inject --sweep --json -o table --calls 'write|openat' --effects 'errno EPERM, short 1' -- sh -c 'echo one || true'
	assert_output ''
	jq -e '.undisturbed | .status == 0 and .stdout_bytes == 4 and .output_compared' table
	jq -e '.points[] | select(.call == "write" and .effect == "errno EPERM") | .n == 1 and .outcome == "other output"' table
	jq -e '.refused == [{call: "openat", effect: "short 1", times: .refused[0].times,
		reason: "this call moves no bytes that could be fewer"}]' table
}

@test "--sweep: where nothing could be run, nothing is proved" {
	run -3 --separate-stderr inject --sweep --calls semop -- true
	assert_line '0 runs'
	assert_equal "$stderr" 'ipcdrill inject: nothing was tried: no call of the undisturbed run matched; --list-calls tells what it calls'
	run -3 --separate-stderr inject --sweep --calls exit_group --effects 'short 1' -- true
	assert_line '0 runs; 1 points that cannot be'
	assert_equal "$stderr" 'ipcdrill inject: nothing was tried: no effect can be had at any call that was made'
}

@test "--sweep at the exit: the effect is there, and the caller does not know" {
	run -0 inject --sweep --at exit --calls 'write' --effects 'kill' -- dd if=/dev/zero of=copied bs=1 count=1 status=none
	assert_line 'write                 kill              1          killed by SIGKILL'
	assert_equal "$(stat -c %s copied)" 1
	run -0 inject --sweep --at exit --calls 'openat|exit_group' --effects 'kill' -- sh -c ': >made'
	assert_line --regexp '^openat +kill +1-[0-9]+ +killed by SIGKILL$'
	assert_line 'kill cannot be: this call never returns to its caller'
	run -137 inject -q 'exit openat(path ~ "*done") -> kill' -- sh -c ': >done; : >not-done'
	assert [ -e done ]
	assert [ ! -e not-done ]
}

@test "--sweep: a hang is seen, not waited for" {
	mkfifo pipe
	run -1 inject --sweep --timeout 60 --calls 'write' --effects 'errno EIO, kill' -- \
		sh -c 'trap "" PIPE; exec 3<>pipe; /bin/echo word >&3; read word <&3; echo "$word"'
	assert_line --regexp '^write +errno EIO +1 +hang: sh \(pid [0-9]+\) is asleep in read'
	assert_line --regexp '^write +kill +1 +hang: sh \(pid [0-9]+\) is asleep in read'
	run -1 inject --sweep --calls 'write' --effects 'stop' -- dd if=/dev/zero "of=$PWD/copied" bs=1 count=1 status=none
	assert_line --regexp '^write +stop +1 +hang: dd \(pid [0-9]+\) is stopped$'
	leaves_nobody "of=$PWD/copied"
}

@test "--sweep: what runs on is late, never a hang" {
	run -3 inject --sweep --timeout 2 --calls 'write' --effects 'errno EIO' -- \
		sh -c '/bin/echo x >copied || while :; do :; done'
	assert_line 'write                 errno EIO         1          late'
	run -3 inject --sweep --timeout 0.3 -- sh -c 'while :; do :; done'
	assert_output 'ipcdrill inject: the undisturbed run takes longer than --timeout'
	run -3 inject --sweep --timeout 60 -- sh -c 'mkfifo -m 600 other; read x <other'
	assert_output --regexp '^ipcdrill inject: the undisturbed run hangs already: sh \(pid [0-9]+\) is asleep in openat'
}

@test "--sweep: input is empty, output that changes is not compared, jobs give the same table" {
	run -0 inject --sweep --calls read --effects 'errno EINTR' -- sh -c 'cat; echo end' <<<'not for you'
	assert_line --index 0 --regexp ' 4 bytes of output'
	run -0 inject --sweep --calls write --effects 'short 1' -- sh -c 'echo $$'
	assert_line --index 0 --partial 'not the same twice, so not compared'
	run -0 inject --sweep --calls 'read|write' -o one -- dd if=/dev/zero bs=1 count=9 status=none
	run -0 inject --sweep --calls 'read|write' -o four -j 4 -- dd if=/dev/zero bs=1 count=9 status=none
	cmp one four
}

# sweep_until SIGNAL OPTION...: a sweep that is interrupted in its third run; its output and status.
sweep_until() {
	local signal=$1 word
	shift
	rm -f begun runs && mkfifo begun && : >runs
	exec 8<>begun
	# The third run, after two undisturbed ones and two others, says so, and then runs on.
	env --default-signal=INT,TERM,HUP setsid "$ipcdrill" inject --sweep --timeout 60 --calls getppid "$@" -- sh -c '
		echo >>runs
		[ "$(wc -l <runs)" -ne 5 ] || { echo now >begun; exec sh -c "while :; do :; done" "$0"; }' "$PWD/waits" 3>&- 8>&- &
	read -r -t 60 word <&8
	kill -s "$signal" $!
	wait $!
}

@test "--sweep: interrupted, it says what was run, and ends by the signal" {
	for signal in INT TERM HUP; do
		run "-$((128 + $(kill -l $signal)))" sweep_until $signal --effects 'errno EIO, errno EPERM, errno EINTR, kill'
		assert_line --regexp '^undisturbed: '
		assert_line 'getppid               errno EIO         1          same'
		assert_line 'getppid               errno EPERM       1          same'
		refute_output --partial EINTR
		assert_line '2 runs: 2 same'
		assert_line "2 points not run: interrupted by SIG$signal"
		leaves_nobody "$PWD/waits"
	done
	run -143 sweep_until TERM -j 1 -o table --json --effects 'errno EIO, errno EPERM, errno EINTR, kill'
	assert_output ''
	leaves_nobody "$PWD/waits"
	command -v jq >/dev/null || skip 'needs jq'
	jq -e '.interrupted == "SIGTERM" and ([.points[] | select(.outcome == "not run")] | length) == 2' table
}

# sweep_and N COMMAND OPTION...: a sweep whose runs do this at their end from the Nth on; $1 is who sweeps.
sweep_and() {
	local first=$1 command=$2
	shift 2
	rm -f runs && : >runs
	cp "$(command -v sh)" own
	sh -c 'exec "$0" "$@" "$$"' "$ipcdrill" inject --sweep --calls getppid --effects 'errno EIO, errno EPERM, errno EINTR, kill' "$@" -- \
		./own -c "echo >>runs; [ \"\$(wc -l <runs)\" -lt $first ] || $command" -
}

# Its shell may wait for a child by other calls each time; then a note stands before the last line.
@test "--sweep: a run that cannot be started ends it, with what was run before" {
	run -3 --separate-stderr sweep_and 5 'rm own'
	assert_line --regexp '^undisturbed: '
	assert_line 'getppid               errno EINTR       1          same'
	refute_line --partial 'killed'
	assert_line '3 runs: 3 same'
	assert_line --index -1 '1 points not run: no run could be started for getppid, kill, 1'
	assert_equal "${stderr_lines[-1]}" 'ipcdrill inject: cannot run the program: ./own is not there any more'
	run -3 sweep_and 3 'rm -f own' -j 3
	assert_line --regexp '^[1-4] points not run: no run could be started for getppid, '
	if command -v jq >/dev/null; then
		run -3 --separate-stderr sweep_and 5 'rm own' --json -o table
		jq -e '.not_started == {call: "getppid", effect: "kill", n: 1} and ([.points[].outcome] == ["same", "same", "same", "not run"])' table
	fi
	command -v prlimit >/dev/null || skip 'needs prlimit'
	run -3 --separate-stderr sweep_and 5 'prlimit --nofile=3 --pid "$1"'
	assert_line '3 runs: 3 same'
	assert_line --index -1 '1 points not run: no run could be started for getppid, kill, 1'
	assert_equal "${stderr_lines[-1]}" 'ipcdrill inject: cannot start a process: Too many open files'
}

@test "--sweep: where there is no /dev/null, nobody else's input takes its place" {
	unshare -rm mount -t tmpfs none /dev 2>/dev/null || skip "no mount namespace to hide /dev in"
	run -3 unshare -rm sh -c 'mount -t tmpfs none /dev && exec "$@"' - \
		"$ipcdrill" inject --sweep --calls read -- cat <<<'not for you'
	assert_output 'ipcdrill inject: /dev/null: No such file or directory'
}
