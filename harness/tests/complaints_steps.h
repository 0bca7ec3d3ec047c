/* SPDX-License-Identifier: MIT */
/* Waiting, checks, repeats and conditions: what is said about them. */
#ifndef IPCDRILL_TEST_COMPLAINTS_STEPS_H
#define IPCDRILL_TEST_COMPLAINTS_STEPS_H

#include "complained.h"

static const struct complaint_case said_of_steps[] = {
	{ STEPS,
	  "await w exitd(0)\n"
	  "await w exited\n"
	  "await w exited()\n"
	  "await w exited(0, 1)\n"
	  "await w exited(999)\n"
	  "await w killed_by(\"x\")\n"
	  "await w 5\n"
	  "await ww exited(0)\n"
	  "await w output ~ \"x\"\n",
	  "4:9 channel c is never used | use it in a step, or leave it out\n"
	  "7:9 this is no state to wait for | did you mean exited?\n"
	  "8:9 this is no state to wait for "
	  "| write exited(0), killed_by(SIGPIPE), blocked_in(read(c)) or output ~ \"ready\"\n"
	  "9:9 exited() takes one number | write exited(0) or killed_by(SIGPIPE)\n"
	  "10:9 exited() takes one number | write exited(0) or killed_by(SIGPIPE)\n"
	  "11:16 an exit status cannot be 999 | it can be 0 to 255\n"
	  "12:19 a signal is a number, not a string\n"
	  "13:9 this is no state to wait for "
	  "| write exited(0), killed_by(SIGPIPE), blocked_in(read(c)) or output ~ \"ready\"\n"
	  "14:7 unknown endpoint ww | declare it: endpoint NAME\n"
	  "15:9 w is no program: it has no output\n" },
	{ STEPS,
	  "await r blocked_in(read(c))\n"
	  "r: read(c, 8) blocks\n"
	  "await r blocked_in(write(c))\n"
	  "w: close(c) = 0\n",
	  "7:9 r has no call that could be asleep | first: r: read(...) blocks\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "await r blocked_in(raed(c))\n"
	  "w: close(c) = 0\n",
	  "8:20 unknown call raed | did you mean read?\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "await r blocked_in()\n"
	  "w: close(c) = 0\n",
	  "8:9 blocked_in() takes a call | for example: await x blocked_in(read(c))\n" },
	{ STEPS,
	  "r: read(c, 8) blocks\n"
	  "await r blocked_in(read(cc))\n"
	  "w: close(c) = 0\n",
	  "8:25 unknown name cc\n" },
	{ BODY,
	  "endpoint a, kid\n"
	  "run {\n"
	  "await kid exited(0)\n"
	  "a: fork(kid)\n"
	  "}\n",
	  "6:1 kid does not exist yet | first: PARENT: fork(kid)\n" },
	{ STEPS,
	  "check holdrs(\"x\") == 0\n"
	  "check holders(\"x\", 1) == 0\n"
	  "check lines(5) == 0\n"
	  "check holders(c) == 0\n"
	  "check n == 1\n"
	  "check scratch(5) == \"x\"\n"
	  "check exists(w) == 1\n"
	  "w: close(c) = 0\n"
	  "r: close(c) = 0\n",
	  "7:7 unknown function holdrs | did you mean holders?\n"
	  "8:7 holders() takes 1 argument, not 2 | write holders(CHANNEL) or holders(\"path\")\n"
	  "9:13 lines() takes a channel or a path, not a number\n"
	  "10:15 c is a pipe, which has no path or address\n"
	  "11:7 unknown name n\n"
	  "12:15 scratch() takes the plain name of a file, in quotes "
	  "| for example: scratch(\"journal\")\n"
	  "13:14 exists() takes a channel or a path, not a number\n" },
	{ STEPS,
	  "w: n = write(c, \"x\") = 1\n"
	  "r: n = read(c, 1) = \"x\"\n"
	  "check n == 1\n"
	  "check w.n == 1\n"
	  "check r.m == \"x\"\n",
	  "9:7 several endpoints have bound n | say whose: r.n\n"
	  "11:7 r has bound no m\n" },
	{ STEPS,
	  "repeat 100001 as i {\n"
	  "w: write(c, \"x\") = 1\n"
	  "}\n"
	  "repeat -1 as j {\n"
	  "w: wriet(c, \"x\") = 1\n"
	  "}\n"
	  "repeat \"x\" as k {\n"
	  "r: read(c, k) = \"x\"\n"
	  "}\n"
	  "repeat 0 as l {\n"
	  "r: raed(c, l) = \"x\"\n"
	  "}\n",
	  "7:8 how often to repeat cannot be 100001 | it can be 0 to 100000\n"
	  "10:8 how often to repeat cannot be -1 | it can be 0 to 100000\n"
	  "11:4 unknown call wriet | did you mean write?\n"
	  "13:8 how often to repeat is a number, not a string\n"
	  "17:4 unknown call raed | did you mean read?\n" },
	{ STEPS,
	  "repeat 1000 as i {\n"
	  "repeat 1000 as j {\n"
	  "w: write(c, \"x\") = i * j\n"
	  "}\n"
	  "}\n"
	  "r: close(c) = 0\n",
	  "9:1 more than 100000 steps in one scenario | repeat less often\n" },
	{ STEPS,
	  "repeat 3 as i {\n"
	  "}\n"
	  "r: close(c) = 0\n"
	  "w: close(c) = 0\n",
	  "7:1 the block is empty\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "endpoint writr\n"
	  "run {\n"
	  "writer: open(c, O_RDWR) = 3\n"
	  "writer: getpid() in 1..9\n"
	  "writer: close(3) = 0\n"
	  "}\n",
	  "7:1 unknown endpoint writer | did you mean writr?\n" },
	{ STEPS,
	  "w: n = wriet(c, \"x\") = 1\n"
	  "check n == 1\n"
	  "w: kill(n, 0) = 0\n"
	  "r: close(c) = 0\n",
	  "7:8 unknown call wriet | did you mean write?\n" },
	{ STEPS,
	  "repeat 3 a i {\n"
	  "w: wriet(c, \"x\") = i\n"
	  "}\n"
	  "r: resumes = 1\n"
	  "r: close(c) = 0\n",
	  "7:10 expected 'as', found 'a'\n"
	  "8:4 unknown call wriet | did you mean write?\n" },
	{ BODY,
	  "channel c: socketpair\n"
	  "between a and b\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: write(c, \"x\") = 1\n"
	  "b: read(c, 1) = \"x\"\n"
	  "}\n",
	  "4:12 socketpair has no name to open it by, so somebody must hold it "
	  "| write channel c: socketpair from w to r or channel c: socketpair between a and b\n"
	  "5:1 expected a declaration, found 'between'\n" },
	{ BODY,
	  "channel c: pipe from a to b, d\n"
	  "endpoint a, b\n"
	  "endpoint d = program(\"x\")\n"
	  "run {\n"
	  "a: fork(b)\n"
	  "b: close(c) = 0\n"
	  "}\n",
	  "4:27 b does not exist before its parent's fork(), so it cannot hold c "
	  "| name its parent instead: the child holds what the parent holds at the fork\n" },
	{ STEPS,
	  "check 1\n"
	  "check 2 * 2 == 5\n"
	  "w: n = write(c, \"x\") = 1\n"
	  "check n == 1 && 1\n"
	  "r: read(c, 1) = \"x\"\n",
	  "7:7 this check asks nothing: its answer is known before the run "
	  "| ask for what was found out, as in: check holders(c) == 0\n"
	  "8:7 this check asks nothing: its answer is known before the run "
	  "| ask for what was found out, as in: check holders(c) == 0\n" },
};

#endif
