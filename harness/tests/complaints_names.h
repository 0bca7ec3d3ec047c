/* SPDX-License-Identifier: MIT */
/* Names that mean nothing, too much, or are never used: what is said about them. */
#ifndef IPCDRILL_TEST_COMPLAINTS_NAMES_H
#define IPCDRILL_TEST_COMPLAINTS_NAMES_H

#include "complained.h"

static const struct complaint_case said_of_names[] = {
	{ BODY,
	  "endpoint a, a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:13 a is an endpoint already, declared on line 4 "
	  "| every name of a scenario means one thing: choose another\n" },
	{ BODY,
	  "endpoint a\n"
	  "channel a: fifo\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "5:9 a is an endpoint already, declared on line 4 "
	  "| every name of a scenario means one thing: choose another\n" },
	{ BODY,
	  "endpoint a\n"
	  "let a = 1\n"
	  "let O_RDONLY = 2\n"
	  "let EOF = 3\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "5:5 a is an endpoint already, declared on line 4 "
	  "| every name of a scenario means one thing: choose another\n"
	  "6:5 O_RDONLY is a built-in name | choose another name\n"
	  "7:5 EOF is a built-in name | choose another name\n" },
	{ STEPS,
	  "w: n = write(c, \"x\") = 1\n"
	  "w: c = write(c, \"x\") = 1\n"
	  "r: r = read(c, n) = \"x\"\n",
	  "8:4 c is a channel already, declared on line 4 "
	  "| every name of a scenario means one thing: choose another\n"
	  "9:4 r is an endpoint already, declared on line 5 "
	  "| every name of a scenario means one thing: choose another\n"
	  "9:16 n is bound by w, which r knows nothing of "
	  "| bindings belong to the process that made them\n" },
	{ STEPS,
	  "repeat 2 as i {\n"
	  "repeat 2 as i {\n"
	  "w: i = write(c, \"x\") = 1\n"
	  "}\n"
	  "}\n"
	  "r: read(c, 9) = \"xxxx\"\n",
	  "8:13 i is the variable of a repeat already, declared on line 7 "
	  "| every name of a scenario means one thing: choose another\n"
	  "9:4 i is the variable of a repeat already, declared on line 8 "
	  "| every name of a scenario means one thing: choose another\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "endpoint a, b\n"
	  "let n = 1\n"
	  "across m in 1, 2\n"
	  "run {\n"
	  "a: x = getpid() in 1..9\n"
	  "}\n",
	  "4:9 channel c is never used | use it in a step, or leave it out\n"
	  "5:13 endpoint b is never used | give it a step, or leave it out\n"
	  "6:5 constant n is never used | use it, or leave it out\n"
	  "7:8 parameter m is never used | use it, or leave it out\n"
	  "9:4 x is bound and never used | leave the name out\n" },
	{ BODY,
	  "channel c: pipe from w to r\n"
	  "endpoint w, r, idle\n"
	  "let n = 1\n"
	  "run {\n"
	  "w: x = wriet(c, \"x\") = 1\n"
	  "w: y = write(c, \"x\") = 1\n"
	  "r: read(c, m) = \"x\"\n"
	  "}\n",
	  "5:16 endpoint idle is never used | give it a step, or leave it out\n"
	  "6:5 constant n is never used | use it, or leave it out\n"
	  "8:8 unknown call wriet | did you mean write?\n"
	  "9:4 y is bound and never used | leave the name out\n"
	  "10:12 unknown name m\n" },
	{ BODY,
	  "endpoint a\n"
	  "run {\n"
	  "a: p, = getpid() in 1..9\n"
	  "a: q = getpid() in 1..9\n"
	  "a: kill(p, 0) = 0\n"
	  "}\n",
	  "6:5 expected '=' or '(', found ','\n"
	  "7:4 q is bound and never used | leave the name out\n" },
	{ BODY,
	  "endpoint a, b\n"
	  "fault f on a: entry write(any) -> stop\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "b: write(9, \"x\") = EBADF\n"
	  "}\n",
	  "5:7 fault f can never fire: a makes no write() | every fault must fire\n" },
	{ STEPS,
	  "w: wriet(c, \"x\") = 1\n"
	  "r: raed(c, 8) = \"x\"\n"
	  "r: qqqqqqq(c, 8) = \"x\"\n"
	  "r: qqqqqqq(c, 9) = \"x\"\n",
	  "7:4 unknown call wriet | did you mean write?\n"
	  "8:4 unknown call raed | did you mean read?\n"
	  "9:4 unknown call qqqqqqq\n" },
	{ STEPS,
	  "r: read(c, O_RDONL) = \"x\"\n"
	  "r: read(c, sise) = \"x\"\n"
	  "w: write(d, \"x\") = 1\n"
	  "w: write(c, x) = 1\n"
	  "w: write(c, y) = x\n",
	  "7:12 unknown name O_RDONL | did you mean O_RDONLY?\n"
	  "8:12 unknown name sise\n"
	  "9:10 unknown name d\n"
	  "10:13 unknown name x\n"
	  "11:13 unknown name y\n" },
	{ STEPS,
	  "r: read(c, w) = \"x\"\n"
	  "r: read(c, EOF) = \"x\"\n"
	  "r: read(c, GONE) = ANY\n"
	  "r: read(r, 5) = \"x\"\n",
	  "7:12 w is an endpoint, not the size of read()\n"
	  "8:12 EOF is something that can be expected, not the size of read()\n"
	  "9:12 GONE is something that can be expected, not the size of read()\n"
	  "10:9 r is an endpoint, not the fd of read()\n" },
};

#endif
