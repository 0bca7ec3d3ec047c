#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The programs that scenarios run do what their README says, here without ipcdrill: undisturbed, killed, stopped.

bats_require_minimum_version 1.5.0

setup() {
	programs=$(realpath "$(dirname "${IPCDRILL:-$BATS_TEST_DIRNAME/../build/ipcdrill}")/programs")
	cd "$BATS_TEST_TMPDIR" || return
	started=()
}

teardown() {
	local pid
	for pid in "${started[@]}"; do
		kill -KILL "$pid" 2>/dev/null || true
	done
}

# start PROGRAM ARGUMENT...: in the background, its pid in $pid, what it says in the file "said".
start() {
	"$programs/$1" "${@:2}" >>said 2>&1 3>&- &
	pid=$!
	started+=("$pid")
}

# start_server [PROGRAM]: its pid in $server.
start_server() {
	start "${1:-spool-server}" req rep journal
	server=$pid
}

# ends STATUS PID: it does, with this one.
ends() {
	local got=0
	wait "$2" 2>/dev/null || got=$?
	[ "$got" -eq "$1" ] || { echo "status $got, not $1"; cat said; return 1; }
}

end_server() {
	kill -TERM "$server"
	ends 0 "$server"
}

kill_server() {
	kill -KILL "$server"
	ends 137 "$server"
}

# messages CLIENT COUNT: as they stand in the journal.
messages() {
	local i
	for ((i = 1; i <= $2; i++)); do
		echo "$1 $i message $i of $2"
	done
}

# kept CLIENT COUNT: all of its messages are, each once, and in their order.
kept() {
	diff <(messages "$@") <(grep "^$1 " journal)
}

# wait_for_lines COUNT: until so many are in the journal.
wait_for_lines() {
	until [ -e journal ] && [ "$(wc -l <journal)" -ge "$1" ]; do
		kill -0 "$server"
	done
}

needs_python() {
	command -v python3 >/dev/null || skip 'needs python3'
}

either_side_first() {
	local client
	start_server "$1"
	start spool-client req rep --messages 5 --name late
	ends 0 "$pid"
	end_server
	start spool-client req rep --messages 5 --name early
	client=$pid
	start_server "$1"
	ends 0 "$client"
	end_server
	kept late 5
	kept early 5
	[ "$(wc -l <journal)" -eq 10 ]
}

@test "either side may start first" {
	either_side_first spool-server
}

@test "either side may start first, in Python" {
	needs_python
	either_side_first spool_server.py
}

# Wherever that is: the lines are waited for, but not what comes after them.
server_killed_often() {
	local clients=() client i
	for client in a b c; do
		start spool-client req rep --messages 50 --name "$client"
		clients+=("$pid")
	done
	for ((i = 1; i <= 25; i++)); do
		start_server "$1"
		wait_for_lines $((i * 5))
		kill_server
	done
	start_server "$1"
	start spool-client req rep --name last
	clients+=("$pid")
	for pid in "${clients[@]}"; do
		ends 0 "$pid"
	done
	end_server
	for client in a b c; do
		kept "$client" 50
	done
	kept last 1
	[ "$(wc -l <journal)" -eq 151 ]
}

@test "several clients lose nothing when the server is killed" {
	server_killed_often spool-server
}

@test "several clients lose nothing when the server is killed, in Python" {
	needs_python
	server_killed_often spool_server.py
}

@test "what the server without a journal has acknowledged is lost when it is killed" {
	start_server spool-naive-server
	start spool-client req rep --messages 5 --name a
	ends 0 "$pid"
	kill_server
	start_server spool-naive-server
	start spool-client req rep --messages 5 --name b
	ends 0 "$pid"
	end_server
	kept b 5
	[ "$(wc -l <journal)" -eq 5 ]
}

@test "a client that is killed and started again goes on where it was" {
	local client
	start_server
	start spool-client req rep --messages 2000 --name a
	client=$pid
	wait_for_lines 20
	kill -KILL "$client"
	ends 137 "$client"
	start spool-client req rep --messages 20 --name b
	ends 0 "$pid"
	start spool-client req rep --messages 2000 --name a
	ends 0 "$pid"
	end_server
	kept a 2000
	kept b 20
}

@test "a client that died half-way through a request harms nobody" {
	mkfifo req
	start_server
	printf '\2dead 1 half' >req
	start spool-client req rep --messages 5 --name a
	ends 0 "$pid"
	end_server
	kept a 5
	[ "$(wc -l <journal)" -eq 5 ]
}

# state PID: as ps(1) shows it; nothing when it is gone.
state() {
	local state
	{ read -r _ _ state _ <"/proc/$1/stat"; } 2>/dev/null && echo "$state"
}

# has_open PID FILE
has_open() {
	local fd
	for fd in /proc/"$1"/fd/*; do
		[ ! "$fd" -ef "$2" ] || return 0
	done
	return 1
}

# The client is stopped while it waits for an answer, and continues when the next server has the replies open:
# for its read, they have never ended.
@test "a client that misses the end of a server hears of the next one" {
	local client request
	mkfifo req rep
	start spool-client req rep --name a
	client=$pid
	exec 4<req 5>rep
	read -r -u 4 request
	[ "$request" = $'\2a 1 message 1 of 1' ]
	until [ "$(state "$client")" = S ]; do :; done
	kill -STOP "$client"
	until [ "$(state "$client")" = T ]; do :; done
	exec 4<&- 5>&-
	start_server
	until has_open "$server" rep; do
		kill -0 "$server"
	done
	kill -CONT "$client"
	ends 0 "$client"
	end_server
	kept a 1
}

line_cut_off() {
	printf 'a 1 message 1 of 3\na 2 mess' >journal
	start_server "$1"
	start spool-client req rep --messages 3 --name a
	ends 0 "$pid"
	end_server
	kept a 3
	[ "$(wc -l <journal)" -eq 3 ]
}

@test "a last line that was not completed is cut off" {
	line_cut_off spool-server
}

@test "a last line that was not completed is cut off, in Python" {
	needs_python
	line_cut_off spool_server.py
}

# The limit of a file's size takes the place of a full disk: the last write is short, the next one fails.
full_journal() {
	local client
	start spool-client req rep --messages 100 --name a
	client=$pid
	trap '' XFSZ
	ulimit -S -f 1
	start_server "$1"
	ulimit -S -f unlimited
	trap - XFSZ
	ends 1 "$server"
	[ "$(tail -c 1 journal)" = '' ]
	diff <(head -n "$(wc -l <journal)" <(messages a 100)) journal
	start_server "$1"
	ends 0 "$client"
	end_server
	kept a 100
}

@test "a full journal ends the server before it acknowledges" {
	full_journal spool-server
	grep -q 'is not acknowledged: cannot keep it: File too large' said
}

@test "a full journal ends the server before it acknowledges, in Python" {
	needs_python
	full_journal spool_server.py
	grep -q 'File too large' said
}

@test "a second server waits until the first has ended" {
	local first
	start_server
	first=$server
	start spool-client req rep --messages 5 --name a
	ends 0 "$pid"
	start_server
	start spool-client req rep --messages 5 --name b
	ends 0 "$pid"
	kill -KILL "$first"
	ends 137 "$first"
	start spool-client req rep --messages 5 --name c
	ends 0 "$pid"
	end_server
	diff <(messages a 5; messages b 5; messages c 5) journal
}

@test "servers and clients say what is wrong with their arguments" {
	local server
	touch file
	echo 'no journal' >nonsense
	for server in spool-server spool_server.py; do
		[ "$server" = spool-server ] || command -v python3 >/dev/null || continue
		run -2 "$programs/$server" req rep
		run -1 "$programs/$server" file rep journal
		[[ $output == *"file"* ]]
		run -1 "$programs/$server" req rep nonsense
		run -1 "$programs/$server" req rep nowhere/journal
		[[ $output == *"No such file or directory"* ]]
	done
	run -2 "$programs/spool-naive-server" req rep
	run -2 "$programs/spool-client" req
	run -2 "$programs/spool-client" req rep --messages many
	run -2 "$programs/spool-client" req rep --messages -1
	run -2 "$programs/spool-client" req rep --name 'a b'
	run -1 "$programs/spool-client" req/none rep
}

transports='file pipe fifo socketpair unix tcp mq msg shm'

@test "pi over every transport, and nothing is left behind" {
	local transport
	[ "$("$programs/pi-parent" 2>&1 | awk '/^  / { print $1 }' | tr '\n' ' ')" = "$transports " ]
	for transport in $transports; do
		run -0 "$programs/pi-parent" "$transport"
		[ "$output" = 3.14159262176 ]
	done
	run -0 "$programs/pi-parent" pipe --workers 1
	[ "$output" = 3.14159262176 ]
	run -0 "$programs/pi-parent" pipe --workers 37
	[ "$output" = 3.14159262176 ]
	[ -z "$(ls)" ]
}

# children_of PID: in $children. Not every kernel has them in a file of /proc.
children_of() {
	mapfile -t children < <(cat /proc/[0-9]*/stat 2>/dev/null | awk -v parent="$1" '$4 == parent { print $1 }')
}

# is_stopped PID: waits until it is, or has ended.
is_stopped() {
	local now
	while now=$(state "$1") && [ "$now" != Z ]; do
		[ "$now" != T ] || return 0
	done
	return 1
}

# catch_worker TRANSPORT: a parent, in $parent, with a worker that is stopped, in $child. If all workers had ended
# before one was caught, with another parent.
catch_worker() {
	while :; do
		rm -f said
		start pi-parent "$1" --terms 100000000
		parent=$pid
		while kill -0 "$parent" 2>/dev/null; do
			children_of "$parent"
			for child in "${children[@]}"; do
				kill -STOP "$child" 2>/dev/null && is_stopped "$child" && return
			done
		done
	done
}

@test "pi with a worker that is killed" {
	local transport
	for transport in $transports; do
		catch_worker "$transport"
		kill -KILL "$child"
		ends 0 "$parent"
		[ "$(wc -l <said)" -eq 2 ]
		[ "$(tail -n 1 said)" = 3.14159265041 ]
		grep -q '^pi-parent: worker [0-9] was killed (Killed) and is started again$' said
	done
	rm said
	[ -z "$(ls)" ]
}

@test "pi with a worker that is stopped until all others have ended" {
	local transport
	for transport in $transports; do
		catch_worker "$transport"
		until [ "${children[*]}" = "$child" ]; do
			children_of "$parent"
		done
		kill -CONT "$child"
		ends 0 "$parent"
		[ "$(cat said)" = 3.14159265041 ]
	done
}

@test "pi says what is wrong" {
	run -2 "$programs/pi-parent"
	run -2 "$programs/pi-parent" pigeon
	run -2 "$programs/pi-parent" pipe --workers 0
	run -2 "$programs/pi-parent" pipe --terms 1e7
	run -2 "$programs/pi-parent" pipe --terms
	# shellcheck disable=SC2016
	run -1 sh -c '"$1" pipe >/dev/full' - "$programs/pi-parent"
	[[ $output == *'standard output: No space left on device'* ]]
	ulimit -S -n 12
	run -1 "$programs/pi-parent" pipe
	[[ $output == *'cannot open pipe for worker '*'Too many open files'* ]]
}

@test "rivals find nothing wrong with what is done in one call" {
	local kind
	for kind in "append log 512" "pipe 512" "pipe 12288"; do
		# shellcheck disable=SC2086
		run -0 "$programs/rivals" $kind
		[[ $output == *' cut up, 0 cells missing or twice' ]]
	done
	for kind in "rename a b" "exchange a b" "dup2 log" "cloexec log"; do
		# shellcheck disable=SC2086
		run -0 "$programs/rivals" $kind
		[ "$output" = 'no look was wrong' ]
	done
	rm log
	[ -z "$(ls)" ]
}

@test "rivals say what is wrong" {
	run -2 "$programs/rivals"
	run -2 "$programs/rivals" pigeon
	run -2 "$programs/rivals" rename a
	run -2 "$programs/rivals" pipe 12
	run -2 "$programs/rivals" pipe 65544
	run -1 "$programs/rivals" cloexec log
	[[ $output == *'log: No such file or directory'* ]]
}
