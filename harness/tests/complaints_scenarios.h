/* SPDX-License-Identifier: MIT */
/* Scenarios that cannot be, and what is planned: what is said about them. */
#ifndef IPCDRILL_TEST_COMPLAINTS_SCENARIOS_H
#define IPCDRILL_TEST_COMPLAINTS_SCENARIOS_H

#include "complained.h"

static const struct complaint_case said_of_scenarios[] = {
	{ TEXT,
	  "ipcdrill 1\n"
	  "scenario \"s\" {\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n"
	  "}\n",
	  "2:10 the scenario does not say where this behaviour is documented "
	  "| for example: cite man \"pipe(7)\" \"PIPE_BUF\"\n" },
	{ BODY,
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid()\n"
	  "repeat 2 as i {\n"
	  "a: getpid()\n"
	  "}\n"
	  "do kill a\n"
	  "}\n",
	  "2:10 the scenario checks nothing: it could not fail "
	  "| say what a call must give (= 5, = EAGAIN, blocks), or add a check\n" },
	{ BODY, "endpoint a\n", "2:10 the scenario has no steps | add a block: run { ... }\n" },
	{ BODY,
	  "endpoint a\n"
	  "run {\n"
	  "}\n",
	  "5:1 the block is empty\n" },
	{ BODY,
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "8:1 a scenario has one run or race block; the first is on line 5 "
	  "| move it into a scenario of its own\n" },
	{ TEXT,
	  "ipcdrill 1\n"
	  "scenario \"One, two\" {\n"
	  "cite man \"x\"\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n"
	  "}\n"
	  "scenario \"one TWO\" {\n"
	  "cite man \"x\"\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n"
	  "}\n"
	  "scenario \"...\" {\n"
	  "cite man \"x\"\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n"
	  "}\n",
	  "9:10 the scenario on line 2 has the same id, one-two | choose another title\n"
	  "16:10 the title has no letter and no digit\n" },
	{ BODY,
	  "endpoint s = progrm(\"x\")\n"
	  "endpoint t = program()\n"
	  "endpoint u = program(\"x\", d, fd)\n"
	  "channel c: pipe from u to u\n"
	  "run {\n"
	  "do start u\n"
	  "u: read(c, 1) = 1\n"
	  "await u exited(0)\n"
	  "}\n",
	  "4:10 endpoint s is never used | give it a step, or leave it out\n"
	  "4:14 an endpoint is a process of its own, or a program "
	  "| for example: endpoint s = program(\"./server\", c)\n"
	  "5:10 endpoint t is never used | give it a step, or leave it out\n"
	  "5:14 an endpoint is a process of its own, or a program "
	  "| for example: endpoint s = program(\"./server\", c)\n"
	  "6:27 unknown name d\n"
	  "6:30 unknown name fd\n"
	  "10:1 u is a program: it takes no steps "
	  "| it does what its own code says; act on it with do and await\n"
	  "10:9 u holds no end of c: it is a new process since its restart\n" },
	{ BODY,
	  "endpoint a\n"
	  "fault f on b: entry wriet(any) nth 0 -> errno 5, shortt 1, delay 5, signal 99, kill "
	  "SIGKILL, stop 1, hold, hold 5, hold g\n"
	  "fault f on a: exit getpid(zzz) every 3 -> stop\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "do arm f\n"
	  "do arm g\n"
	  "do disarm\n"
	  "do release g\n"
	  "do release x\n"
	  "}\n",
	  "5:12 unknown endpoint b | declare it: endpoint NAME\n"
	  "5:21 unknown call wriet | did you mean write?\n"
	  "5:36 this is no number of a call | calls count from 1: nth 1, nth 2..4\n"
	  "5:47 errno takes an error such as ENOSPC, not a number\n"
	  "5:50 unknown effect shortt | did you mean short?\n"
	  "5:66 delay takes a duration such as 20ms, not a number\n"
	  "5:76 signal takes a signal, not 99\n"
	  "5:94 stop takes nothing\n"
	  "5:102 hold takes the name of a gate\n"
	  "5:113 hold takes the name of a gate\n"
	  "6:7 f is a fault already, declared on line 5 "
	  "| every name of a scenario means one thing: choose another\n"
	  "6:27 a fault cannot match this "
	  "| name a channel, or write path ~ \"*.sock\", size > 4096, kind == socket\n"
	  "10:8 do arm takes a fault | declare it: fault NAME on ENDPOINT: ...\n"
	  "11:1 do disarm needs something to act on | write do disarm FAULT\n"
	  "13:12 do release takes a gate | a fault with the effect hold declares it\n" },
	{ BODY,
	  "endpoint a\n"
	  "channel c: pipe from a to a\n"
	  "invariant no_los(c), no_loss(a), no_loss(c, c), atomic(file(\"j\")), 5\n"
	  "outcome {\n"
	  "allow \"x\": zzz == 1\n"
	  "}\n"
	  "run {\n"
	  "a: close(c.read) = 0\n"
	  "}\n",
	  "6:11 unknown invariant no_los | did you mean no_loss?\n"
	  "6:30 this is not something an invariant can be about "
	  "| name a channel, or file(\"journal\")\n"
	  "6:34 an invariant is about one channel, or one file | for example: invariant no_loss(c)\n"
	  "6:68 an invariant is about one channel, or one file | for example: invariant no_loss(c)\n"
	  "8:12 unknown name zzz\n" },
	{ BODY,
	  "endpoint a\n"
	  "race stres(for=5s) {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "5:6 unknown mode of races stres | did you mean stress?\n" },
	{ BODY,
	  "endpoint a\n"
	  "race stress(fro=5s, 7, seed=qqq(1)) {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "5:13 race stress has no option fro | did you mean for?\n"
	  "5:21 race stress does not take this | an option is given by its name\n"
	  "5:29 unknown function qqq\n" },
	{ BODY,
	  "channel c pipe from w to r\n"
	  "endpoint w, r\n"
	  "run {\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: read(c, 8) = \"x\"\n"
	  "}\n",
	  "4:11 expected ':', found 'pipe'\n" },
	{ BODY,
	  "channel c: pipe from w to r\n"
	  "endpoint w r\n"
	  "run {\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: read(c, 8) = \"x\"\n"
	  "}\n",
	  "5:12 expected end of line, ',' or '=', found 'r'\n" },
	{ STEPS,
	  "r: read(c, 8 blocks\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: resumes = \"x\"\n"
	  "r: x = read(c 8)\n"
	  "w: wriet(c, x) = 1\n",
	  "7:14 expected ',' or ')', found 'blocks'\n"
	  "10:15 expected ',' or ')', found '8'\n"
	  "11:4 unknown call wriet | did you mean write?\n" },
	{ BODY,
	  "across c in pipe, zzz from w, to r\n"
	  "let n = 1\n"
	  "endpoint w, r\n"
	  "run {\n"
	  "w: write(c, \"x\") = 1\n"
	  "r: read(c, 8) = \"x\"\n"
	  "}\n",
	  "4:34 expected 'to' or ',', found 'r'\n"
	  "5:5 constant n is never used | use it, or leave it out\n" },
};

#endif
