#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Programs as endpoints: where they are looked for, what kinds of them there are, and that nothing of them is left.

setup() {
	load setup
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE IPCDRILL_PROGRAMS
	cd "$BATS_TEST_TMPDIR" || return
	mkdir here there
}

# scenario NAME DECLARATIONS STEPS: a file of one scenario, next to which programs may lie.
scenario() {
	printf 'ipcdrill 1\n\nscenario "test" {\n  cite doc "doc/language.md"\n%s\n  run {\n%s\n  }\n}\n' "$2" "$3" >"here/$1.drill"
}

# script DIRECTORY NAME TEXT
script() {
	printf '#!/bin/sh\n%s\n' "$3" >"$1/$2"
	chmod +x "$1/$2"
}

# compiled NAME OPTION...: from the C on standard input; skipped where the compiler cannot.
compiled() {
	local name=$1
	shift
	cat >"$name.c"
	"${CC:-cc}" -o "here/$name" "$name.c" "$@" 2>compiler || skip "no compiler for $*: $(head -n 1 compiler)"
}

@test "a program next to its scenario comes before all others" {
	scenario s '  endpoint s = program("./tool")' '    do start s
    await s output ~ "^here$"
    await s exited(0)'
	script here tool 'echo here'
	script there tool 'echo there'
	run -0 "$ipcdrill" run --programs "$PWD/there" here/s.drill
	cd here
	IPCDRILL_PROGRAMS=../there run -0 "$ipcdrill" run s.drill
}

@test "directories of IPCDRILL_PROGRAMS and --programs are looked through in their order" {
	scenario s '  endpoint s = program("./tool")' '    do start s
    await s output ~ "^there$"
    await s exited(0)'
	run -3 "$ipcdrill" run here/s.drill
	assert_output --partial './tool is neither in'
	script there tool 'echo there'
	IPCDRILL_PROGRAMS=nowhere:there run -0 "$ipcdrill" run here/s.drill
	run -0 "$ipcdrill" run --programs there here/s.drill
	mkdir first
	script first tool 'echo first'
	IPCDRILL_PROGRAMS=first:there run -1 "$ipcdrill" run here/s.drill
	IPCDRILL_PROGRAMS=$(printf 'here:%.0s' {1..30})there run -0 "$ipcdrill" run here/s.drill
	run -0 "$ipcdrill" check here/s.drill
}

@test "--programs takes directories that are there, and then IPCDRILL_PROGRAMS counts no more" {
	scenario s '  endpoint s = program("./tool")' '    do start s
    await s exited(0)'
	script there tool 'exit 0'
	mkdir empty
	run -2 "$ipcdrill" run --programs nowhere here/s.drill
	assert_output "ipcdrill run: --programs 'nowhere': No such file or directory"
	run -2 "$ipcdrill" run --programs there:there/tool here/s.drill
	assert_output "ipcdrill run: --programs 'there/tool': Not a directory"
	run -2 "$ipcdrill" run --programs '' here/s.drill
	assert_output "ipcdrill run: --programs '': No such file or directory"
	run -0 "$ipcdrill" run --programs empty:there here/s.drill
	IPCDRILL_PROGRAMS=there run -3 "$ipcdrill" run --programs empty here/s.drill
}

@test "programs lie beside the binary, in a build tree and installed" {
	scenario s '  endpoint s = program("./tool")' '    do start s
    await s exited(3)'
	mkdir -p tree/build/programs prefix/bin prefix/libexec/ipcdrill
	cp "$ipcdrill" tree/build/ipcdrill
	cp "$ipcdrill" prefix/bin/ipcdrill
	script tree/build/programs tool 'exit 3'
	script prefix/libexec/ipcdrill tool 'exit 3'
	run -0 tree/build/ipcdrill run here/s.drill
	run -0 prefix/bin/ipcdrill run here/s.drill
}

@test "a script without its interpreter, and a file that is none" {
	scenario s '  endpoint s = program("./tool")' '    do start s
    await s exited(0)'
	printf '#!/no/such/shell\n' >here/tool
	chmod +x here/tool
	run -3 "$ipcdrill" run here/s.drill
	assert_output --partial 'tool: its interpreter /no/such/shell is missing'
	printf 'text\n' >here/tool
	run -3 "$ipcdrill" run here/s.drill
	assert_output --partial 'tool is no program, and no script with #! either'
	rm here/tool
	mkdir here/tool
	run -3 "$ipcdrill" run here/s.drill
	assert_output --partial 'tool is a directory'
}

@test "a set-uid program is run without its privileges, and that is said" {
	scenario s '  endpoint s = program("./tool", "-c", "grep NoNewPrivs /proc/self/status; exit 1")' '    do start s
    await s output ~ "NoNewPrivs:.1"
    await s exited(0)'
	cp "$(realpath "$(command -v sh)")" here/tool
	chmod 4755 here/tool
	run -1 "$ipcdrill" run here/s.drill
	assert_output --partial 'note: its privileges are gone (set-uid '
	assert_output --partial 's ended as exited(1), not as exited(0)'
}

# A reader of a FIFO that is found asleep in its open and in its read, by the name of the FIFO.
reader() {
	cat <<-'C'
		#include <fcntl.h>
		#include <unistd.h>
		int main(int argc, char **argv)
		{
			char byte;
			int fd = open(argv[argc - 1], O_RDONLY);

			while (read(fd, &byte, 1) == 1)
				;
			return 5;
		}
	C
}

reader_scenario() {
	scenario s '  channel c: fifo
  endpoint w
  endpoint s = program("./reader", c)' '    do start s
    await s blocked_in(open(c))
    w: fd = open(c, O_WRONLY)
    await s blocked_in(read(c))
    w: write(fd, "text") = 4
    await s blocked_in(read(c))
    w: close(fd) = 0
    await s exited(5)'
}

@test "a dynamic program" {
	reader | compiled reader
	reader_scenario
	run -0 "$ipcdrill" run here/s.drill
	run -0 "$ipcdrill" run --no-sandbox here/s.drill
}

@test "a static program" {
	reader | compiled reader -static
	reader_scenario
	run -0 "$ipcdrill" run here/s.drill
}

@test "a 32-bit program" {
	[ "$(uname -m)" = x86_64 ] || skip 'needs x86-64'
	compiled reader -m32 -nostdlib -static -fno-pic -fno-stack-protector <<-'C'
		static long call(long number, long a, long b, long c)
		{
			long result;

			__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
			return result;
		}

		__attribute__((used)) static void begin(long *stack)
		{
			char byte;
			long fd = call(5, stack[2], 0, 0);

			while (call(3, fd, (long)&byte, 1) == 1)
				;
			call(1, 5, 0, 0);
		}

		__asm__(".globl _start\n_start: pushl %esp\ncall begin\n");
	C
	here/reader /dev/null || [ $? -eq 5 ] || skip 'the kernel runs no 32-bit programs'
	reader_scenario
	run -0 "$ipcdrill" run here/s.drill
	run -0 "$ipcdrill" run --no-sandbox here/s.drill
}

@test "a program with threads is at rest when the last of them is" {
	compiled threads -pthread <<-'C'
		#include <fcntl.h>
		#include <pthread.h>
		#include <stdio.h>
		#include <unistd.h>
		static const char *path;
		static volatile long sum;
		static void *work(void *argument)
		{
			for (long i = 0; i < 5000000; i++)
				sum += i;
			puts("worked");
			fflush(stdout);
			return argument;
		}
		static void *wait_for(void *argument)
		{
			return open(path, O_RDONLY) < 0 ? argument : argument;
		}
		int main(int argc, char **argv)
		{
			pthread_t worker, waiter;

			path = argv[argc - 1];
			pthread_create(&waiter, NULL, wait_for, NULL);
			pthread_create(&worker, NULL, work, NULL);
			pthread_join(worker, NULL);
			pthread_join(waiter, NULL);
			return 0;
		}
	C
	scenario s '  channel c: fifo
  endpoint w
  endpoint s = program("./threads", c)' '    do start s
    check exists("c")
    await s blocked_in(open(c))
    await s output ~ "worked"
    w: open(c, O_WRONLY)
    await s exited(0)'
	run -0 "$ipcdrill" run --repeat 5 here/s.drill
}

# A daemon that ignores signals, has left its session and wiped its environment, and a child of it.
@test "nothing of a program is left" {
	local mark=$BATS_TEST_TMPDIR/mark.$$ option
	script here stubborn "trap '' TERM HUP INT; : $mark; sleep infinity & sleep infinity"
	script here tool "trap '' TERM HUP INT; (setsid env -i PATH=\"\$PATH\" $PWD/here/stubborn &); sleep infinity & cat \$1"
	scenario s '  channel c: fifo
  endpoint s = program("./tool", c)' '    do start s
    await s blocked_in(open(c))'
	for option in '' --no-sandbox; do
		# shellcheck disable=SC2086
		run -0 "$ipcdrill" run $option here/s.drill
		run ! pgrep -f "$PWD/here"
	done
}

# Its daemon never rests, so the first step is never over.
@test "nothing of a program is left when ipcdrill itself is killed" {
	local mark=$BATS_TEST_TMPDIR/mark.$$ option driver
	scenario s "  timeout 100s
  endpoint s = program(\"sh\", \"-c\", \"(setsid sh -c ': $mark; while :; do :; done' &); sleep infinity\")" '    do start s
    await s exited(0)'
	for option in '' --no-sandbox; do
		# shellcheck disable=SC2086
		"$ipcdrill" run $option here/s.drill 3>&- &
		driver=$!
		until pgrep -f "sh -c : $mark" >/dev/null; do kill -0 "$driver"; done
		kill -KILL "$driver"
		wait "$driver" || true
		while pgrep -f "sh -c : $mark" >/dev/null; do :; done
	done
}

@test "a program may install a filter of its own" {
	compiled filtered <<-'C'
		#include <linux/filter.h>
		#include <linux/seccomp.h>
		#include <stdio.h>
		#include <sys/prctl.h>
		#include <unistd.h>
		int main(void)
		{
			struct sock_filter code[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
			struct sock_fprog program = { 1, code };

			if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
				return 3;
			return write(1, "text\n", 5) == 5 ? 0 : 4;
		}
	C
	scenario s '  endpoint s = program("./filtered")
  fault full on s: entry write(any) nth 1 -> errno ENOSPC' '    do start s
    await s exited(4)'
	run -0 "$ipcdrill" run here/s.drill
}
