/* SPDX-License-Identifier: MIT */
/* Who sleeps, has bound and holds what, and is alive: what is said about it. */
#ifndef IPCDRILL_TEST_COMPLAINTS_LIVES_H
#define IPCDRILL_TEST_COMPLAINTS_LIVES_H

#include "complained.h"

static const struct complaint_case said_of_lives[] = {
	{ STEPS,
	  "r: resumes = 5\n"
	  "r: blocks\n"
	  "r: read(c, 8) blocks\n"
	  "r: read(c, 8) = \"x\"\n",
	  "7:1 r has no call that could resume | first: r: CALL(...) blocks\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "r: resumes blocks\n"
	  "w: resumes\n",
	  "8:12 expected end of line, 'in' or '=', found 'blocks'\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "r: exit\n",
	  "8:1 r is still asleep in read(), since line 7 | first: r: resumes\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "do kill r\n"
	  "r: resumes = GONE\n",
	  "9:1 r was killed on line 8 | first: do restart r\n" },
	{ STEPS,
	  "w: write(c, n) = 1\n"
	  "w: n = getpid() in 1..9\n"
	  "r: kill(n, 0) = 0\n"
	  "w: kill(n, 0) = 0\n",
	  "7:13 n is bound on line 8, not before that and not for w\n"
	  "9:9 n is bound by w, which r knows nothing of "
	  "| bindings belong to the process that made them\n" },
	{ STEPS,
	  "r: n = read(c, 8) blocks\n"
	  "r: blocks\n"
	  "w: write(c, \"x\") = 1\n"
	  "do signal w, n\n"
	  "repeat n as i {\n"
	  "w: write(c, \"x\") = 1\n"
	  "}\n"
	  "r: resumes = \"x\"\n"
	  "r: kill(n, 0) = 0\n",
	  "10:14 n is bound by a step, on line 7: it is not known before the run\n"
	  "11:8 n is bound by a step, on line 7: it is not known before the run\n" },
	{ STEPS,
	  "r: p = dup(c)\n"
	  "do restart r\n"
	  "r: read(p, 8) = \"x\"\n"
	  "r: read(c, 8) = \"x\"\n"
	  "w: close(c) = 0\n",
	  "9:9 p was bound before the restart of r | a new process holds nothing: open it again\n"
	  "10:9 r holds no end of c: it is a new process since its restart\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "endpoint a, kid, other\n"
	  "run {\n"
	  "kid: getpid() in 1..9\n"
	  "a: fd = open(c, O_RDWR)\n"
	  "a: fork(kid)\n"
	  "kid: close(fd) = 0\n"
	  "kid: own = dup(0)\n"
	  "a: close(own) = 0\n"
	  "a: fork(kid)\n"
	  "a: fork(other)\n"
	  "a: fork(a)\n"
	  "a: fork(5)\n"
	  "a: fork(kidd)\n"
	  "}\n",
	  "7:1 kid does not exist yet | first: PARENT: fork(kid)\n"
	  "12:10 own is bound by kid, which a knows nothing of "
	  "| bindings belong to the process that made them\n"
	  "15:4 a exists already | a fork makes an endpoint of its own, once\n"
	  "16:9 fork() takes the endpoint that its child will be | for example: parent: "
	  "fork(child)\n"
	  "17:9 unknown endpoint kidd | did you mean kid?\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "endpoint a, kid\n"
	  "run {\n"
	  "a: fork(kid)\n"
	  "a: x = open(c, O_RDWR)\n"
	  "kid: close(x) = 0\n"
	  "do start kid\n"
	  "}\n",
	  "9:12 x is bound by a, which kid knows nothing of "
	  "| bindings belong to the process that made them\n"
	  "10:1 kid is started by a fork() "
	  "| do start is for programs; for a new process: do restart\n" },
	{ STEPS,
	  "do kill w, SIGKILL\n"
	  "w: write(c, \"x\") = 1\n"
	  "do stop w\n"
	  "await w exited(0)\n"
	  "await r killed_by(SIGPIPE)\n"
	  "r: read(c, 8) = EOF\n",
	  "8:1 w was killed on line 7 | first: do restart w\n"
	  "12:1 r was killed on line 11 | first: do restart r\n" },
	{ STEPS,
	  "w: exit = 3\n"
	  "w: exit\n"
	  "r: exit = 256\n"
	  "r: exit in { 1, 2 }\n"
	  "r: exit = \"x\"\n"
	  "r: exit blocks\n",
	  "4:9 channel c is never used | use it in a step, or leave it out\n"
	  "8:1 w exited on line 7 | first: do restart w\n"
	  "9:11 an exit status cannot be 256 | it can be 0 to 255\n"
	  "10:9 an exit has a status and nothing else | write exit, or exit = 3\n"
	  "11:11 an exit status is a number, not a string\n"
	  "12:9 expected end of line, 'in' or '=', found 'blocks'\n" },
	{ STEPS,
	  "do kil w\n"
	  "do kill w, SIGCHLD\n"
	  "do kill w, 0\n"
	  "do kill w, \"x\"\n"
	  "do kill w, SIGKILL, 5\n"
	  "do kill\n"
	  "do kill 5\n"
	  "do kill c\n"
	  "do kill ww\n"
	  "do signal w\n"
	  "do stop w, SIGSTOP\n"
	  "do start r\n"
	  "do zzzzzz w\n",
	  "2:10 the scenario checks nothing: it could not fail "
	  "| say what a call must give (= 5, = EAGAIN, blocks), or add a check\n"
	  "7:4 unknown verb kil | did you mean kill?\n"
	  "8:12 SIGCHLD kills nobody | to only send it: do signal\n"
	  "9:12 a signal cannot be 0 | it can be 1 to 64\n"
	  "10:12 a signal is a number, not a string\n"
	  "11:1 do kill does not take this | write do kill ENDPOINT, SIGKILL\n"
	  "12:1 do kill does not take this | write do kill ENDPOINT, SIGKILL\n"
	  "13:1 do kill does not take this | write do kill ENDPOINT, SIGKILL\n"
	  "14:9 c is a channel, not an endpoint\n"
	  "15:9 unknown endpoint ww | declare it: endpoint NAME\n"
	  "16:1 do signal does not take this | write do signal ENDPOINT, SIGUSR1\n"
	  "17:1 do stop does not take this | write do stop ENDPOINT\n"
	  "18:1 r is there from the beginning "
	  "| do start is for programs; for a new process: do restart\n"
	  "19:4 unknown verb zzzzzz\n" },
	{ STEPS,
	  "do stop w\n"
	  "w: write(c, \"x\") = 1\n"
	  "do cont r\n"
	  "r: read(c, 1) = \"x\"\n",
	  "8:1 w is stopped since line 7 | first: do cont w\n"
	  "9:1 r was not stopped by do stop\n" },
	{ STEPS,
	  "do stop w\n"
	  "do stop w\n"
	  "r: close(c) = 0\n",
	  "8:1 w is stopped since line 7 | first: do cont w\n" },
	{ STEPS,
	  "do stop w\n"
	  "do kill w, SIGTERM\n"
	  "r: close(c) = 0\n",
	  "8:1 w is stopped since line 7 | first: do cont w\n" },
	{ STEPS,
	  "r: read(c, 1) blocks\n"
	  "do stop r\n"
	  "r: blocks\n"
	  "r: resumes = \"x\"\n"
	  "w: close(c) = 0\n",
	  "10:1 r is stopped since line 8 | first: do cont r\n" },
	{ STEPS,
	  "w: write(c, \"x\") = GONE\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: close(c) = 0\n",
	  "8:1 w ended on line 7 | first: do restart w\n" },
	{ STEPS,
	  "do restart w\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: close(c) = 0\n"
	  "do stop r\n"
	  "do kill r\n"
	  "do cont r\n",
	  "8:10 w holds no end of c: it is a new process since its restart\n"
	  "12:1 r was killed on line 11 | first: do restart r\n" },
};

#endif
