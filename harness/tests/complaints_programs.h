/* SPDX-License-Identifier: MIT */
/* Programs, what they are given and what is done to them; and invariants of files. */
#ifndef IPCDRILL_TEST_COMPLAINTS_PROGRAMS_H
#define IPCDRILL_TEST_COMPLAINTS_PROGRAMS_H

#include "complained.h"

#define PROGRAM(steps) "endpoint a\nendpoint s = program(\"cat\")\nrun {\n" steps "}\n"

static const struct complaint_case said_of_programs[] = {
	{ BODY, PROGRAM("await s exited(0)\ndo kill s\na: getpid() = 1\n"),
	  "7:1 s was not started yet | first: do start s\n" },
	{ BODY, PROGRAM("do restart s\ndo start s\ndo start s\na: getpid() = 1\n"),
	  "7:1 s was not started yet | first: do start s\n" },
	{ BODY, PROGRAM("do start a\ndo start s\na: exit\n"),
	  "7:1 a is there from the beginning "
	  "| do start is for programs; for a new process: do restart\n" },
	{ BODY,
	  PROGRAM("do start s\ndo write s\ndo write s, 5\ndo write a, \"x\"\ndo write s, GONE\na: "
		  "exit\n"),
	  "8:1 do write does not take this "
	  "| write do write PROGRAM, \"text\", or do write PROGRAM, EOF\n"
	  "9:13 a program is written text, not a number "
	  "| for example: do write s, \"text\\n\", or do write s, EOF\n"
	  "10:1 a is no program: nobody writes to it\n"
	  "11:13 a program is written text, not GONE "
	  "| for example: do write s, \"text\\n\", or do write s, EOF\n" },
	{ BODY,
	  PROGRAM("do start s\nawait s output ~ 5\nawait s output ~ \"(\"\nawait s output == "
		  "\"x\"\n"
		  "await a output ~ \"x\"\na: exit\n"),
	  "8:18 output is compared with a regular expression, in quotes "
	  "| for example: output ~ \"^ready\"\n"
	  "9:18 no regular expression: Unmatched ( or \\( | see regex(7), extended\n"
	  "10:9 this is no state to wait for "
	  "| write exited(0), killed_by(SIGPIPE), blocked_in(read(c)) or output ~ \"ready\"\n"
	  "11:9 a is no program: it has no output\n" },
	{ BODY,
	  PROGRAM("do start s\nawait s blocked_in(opn(c))\nawait s blocked_in(open(s))\n"
		  "await s blocked_in(handled())\nawait s blocked_in(read)\na: exit\n"),
	  "8:20 unknown call opn | did you mean open?\n"
	  "9:25 a call of a program is about one channel, or any "
	  "| write open(c), or open() for any\n"
	  "10:20 handled() is no system call, so no program sleeps in it | name a system call\n"
	  "11:20 blocked_in() takes a call | for example: await x blocked_in(read(c))\n" },
	{ BODY,
	  "channel c: pipe from s to a\n"
	  "endpoint a\n"
	  "endpoint s = program(\"cat\", fd(c), fd(c.read), fd(3), fd(), c)\n"
	  "run {\n"
	  "do start s\n"
	  "do restart s\n"
	  "a: read(c, 1) = 1\n"
	  "}\n",
	  "6:39 s does not hold c.read | write c: the end that it holds\n"
	  "6:51 fd() takes a channel that the program holds an end of | for example: fd(c.read)\n"
	  "6:55 fd() takes 1 argument, not 0 | write fd(c) or fd(c.read)\n"
	  "6:61 c is a pipe, which has no path or address\n"
	  "9:1 s cannot be restarted: the ends that it held are gone with its first process "
	  "| give it a channel with a path, or declare another program\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "channel m: sysv_msg\n"
	  "channel t: tcp\n"
	  "endpoint s = program(\"cat\", id(c), id(t), id(), port(c), port(m), port(5), port(t, t), "
	  "fd(m), fd(c), prt(t))\n"
	  "run {\n"
	  "do start s\n"
	  "await s exited(0)\n"
	  "}\n",
	  "7:32 c is a fifo, which is no System V object\n"
	  "7:39 t is a tcp, which is no System V object\n"
	  "7:43 id() takes 1 argument, not 0 | write id(m)\n"
	  "7:54 port() takes a channel over IP: tcp or udp\n"
	  "7:63 port() takes a channel over IP: tcp or udp\n"
	  "7:72 port() takes a channel over IP: tcp or udp\n"
	  "7:76 port() takes 1 argument, not 2 | write port(c)\n"
	  "7:91 m is a sysv_msg, which has no descriptor\n"
	  "7:98 s holds no end of c: nobody does before opening it\n"
	  "7:102 unknown function prt\n" },
	{ BODY,
	  "channel c: pipe from a to a\n"
	  "endpoint a\n"
	  "endpoint s = program(\"cat\", fd(c))\n"
	  "run {\n"
	  "do start s\n"
	  "a: write(c.write, \"x\") = 1\n"
	  "}\n",
	  "6:32 s holds no end of c | name it among those who hold c, on line 4\n" },
	{ BODY,
	  "channel c: pipe from s to a\n"
	  "endpoint a\n"
	  "endpoint s = program(\"cat\", fd(c))\n"
	  "run {\n"
	  "do start s\n"
	  "do restart s\n"
	  "a: read(c, 1) = \"x\"\n"
	  "}\n",
	  "9:1 s cannot be restarted: the ends that it held are gone with its first process "
	  "| give it a channel with a path, or declare another program\n" },
	{ BODY,
	  "endpoint s = program(\"cat\", {1}, en=1, env=5, env={\"=x\"}, cwd=\"..\", cwd=\"a/b\", "
	  "cwd=1, 1..2)\n"
	  "endpoint t = program(5)\n"
	  "endpoint u = program(\"\")\n"
	  "run {\n"
	  "do start s\n"
	  "do start t\n"
	  "do start u\n"
	  "await s exited(0)\n"
	  "}\n",
	  "4:29 a list is no argument of a program\n"
	  "4:34 program() has no parameter en | did you mean env?\n"
	  "4:44 a variable of the environment is a string, not a number\n"
	  "4:52 a variable of the environment has a name | for example: env={\"LANG=C\"}\n"
	  "4:73 the directory of a program is a plain name, made for it, or a whole path "
	  "| for example: cwd=\"sub\", or cwd=\"/tmp\"\n"
	  "4:84 the directory of a program is a string, not a number\n"
	  "4:87 a range is no argument of a program\n"
	  "5:22 the first argument of program() names it, in quotes "
	  "| for example: program(\"./server\", c)\n"
	  "6:22 the first argument of program() names it, in quotes "
	  "| for example: program(\"./server\", c)\n" },
	{ BODY,
	  "endpoint s = program(\"cat\")\n"
	  "run {\n"
	  "do start s\n"
	  "await s exited(0)\n"
	  "}\n"
	  "invariant total_order(file(\"j\")), no_loss(file(j)), no_loss(file()), "
	  "no_lss(file(\"j\")), no_dup\n",
	  "9:11 total_order compares receivers, and a file has one order only "
	  "| for the lines of a file: order_per_sender\n"
	  "9:43 this is not something an invariant can be about "
	  "| name a channel, or file(\"journal\")\n"
	  "9:61 this is not something an invariant can be about "
	  "| name a channel, or file(\"journal\")\n"
	  "9:70 unknown invariant no_lss | did you mean no_loss?\n"
	  "9:89 an invariant is about one channel, or one file "
	  "| for example: invariant no_loss(c)\n" },
	{ BODY,
	  "endpoint s = program(\"cat\")\n"
	  "run {\n"
	  "do start s\n"
	  "await s exited(0)\n"
	  "}\n"
	  "invariant no_loss(file(\"a\\x00b\"))\n",
	  "9:24 no file has a zero byte in its name\n" },
};

#endif
