/* SPDX-License-Identifier: MIT */
/* Declarations that cannot be: what is said about them. */
#ifndef IPCDRILL_TEST_COMPLAINTS_DECLARATIONS_H
#define IPCDRILL_TEST_COMPLAINTS_DECLARATIONS_H

#include "complained.h"

static const struct complaint_case said_of_declarations[] = {
	{ BODY,
	  "cite amn \"x\"\n"
	  "covers fifo.open-rdonly-blocks-until-writr, nothing-like-it\n"
	  "covers fifo.open-rdonly-blocks-until-writer, fifo.open-rdonly-blocks-until-writer\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:1 amn is no kind of citation | did you mean man?\n"
	  "5:8 the catalogue has no behaviour fifo.open-rdonly-blocks-until-writr "
	  "| did you mean fifo.open-rdonly-blocks-until-writer?\n"
	  "5:45 the catalogue has no behaviour nothing-like-it "
	  "| the ids are in scenarios/catalogue/\n"
	  "6:46 fifo.open-rdonly-blocks-until-writer is covered twice\n" },
	{ BODY,
	  "channel c: fivo\n"
	  "channel d: pipe(sise=3) from a to a\n"
	  "channel e: 5\n"
	  "channel f: fifo(size=1)\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:9 channel c is never used | use it in a step, or leave it out\n"
	  "4:12 unknown mechanism fivo | did you mean fifo?\n"
	  "5:9 channel d is never used | use it in a step, or leave it out\n"
	  "5:17 pipe has no option sise | did you mean size?\n"
	  "6:9 channel e is never used | use it in a step, or leave it out\n"
	  "6:12 expected the name of a mechanism "
	  "| for example: channel c: pipe(size=4096) from w to r\n"
	  "7:9 channel f is never used | use it in a step, or leave it out\n" },
	{ BODY,
	  "channel c: pipe(4096) from a to b\n"
	  "channel d: pipe(size=1, size=\"x\") from a to b\n"
	  "channel e: pipe(size=-1) from a to b\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: close(c) = 0\n"
	  "b: close(c) = 0\n"
	  "a: close(d) = 0\n"
	  "a: close(e) = 0\n"
	  "}\n",
	  "4:17 an option of a mechanism is given by its name | write pipe(size=...)\n"
	  "5:25 option size is given twice\n"
	  "5:30 size of pipe is a number, not a string "
	  "| capacity in bytes, as F_SETPIPE_SZ rounds it; 0: the kernel's own\n"
	  "6:22 size of pipe is a number, not a negative one "
	  "| capacity in bytes, as F_SETPIPE_SZ rounds it; 0: the kernel's own\n" },
	{ BODY,
	  "channel c: unix_stream(address=pathnam) between a and b\n"
	  "channel d: unix_stream(address=5) between a and b\n"
	  "channel e: file(content=5)\n"
	  "channel f: socketpair(type=zzzzzz) between a and b\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: close(c) = 0\n"
	  "b: close(c) = 0\n"
	  "a: close(d) = 0\n"
	  "a: unlink(e) = 0\n"
	  "a: close(f) = 0\n"
	  "}\n",
	  "4:32 address of unix_stream cannot be pathnam | did you mean pathname?\n"
	  "5:32 address of unix_stream cannot be a number "
	  "| write address=pathname or address=abstract\n"
	  "6:25 content of file is a string, not a number | write it in quotes\n"
	  "7:28 type of socketpair cannot be zzzzzz "
	  "| write type=stream or type=dgram or type=seqpacket\n" },
	{ BODY,
	  "channel c: pipe\n"
	  "channel d: fifo between a and b\n"
	  "channel e: socketpair from a to b\n"
	  "channel f: pipe held by a\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: close(c) = 0\n"
	  "b: close(c) = 0\n"
	  "a: close(d) = 0\n"
	  "a: close(e) = 0\n"
	  "a: close(f) = 0\n"
	  "}\n",
	  "4:12 pipe has no name to open it by, so somebody must hold it "
	  "| write channel c: pipe from w to r\n"
	  "5:17 fifo cannot be made between two that both read and write "
	  "| write channel d: fifo or channel d: fifo from w to r or channel d: fifo held by a, b\n"
	  "7:17 pipe cannot be held by several that all read and write "
	  "| write channel f: pipe from w to r\n" },
	{ BODY,
	  "channel c: pipe from a to c\n"
	  "channel d: pipe from a, a to q\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(c) = 0\n"
	  "a: close(d) = 0\n"
	  "}\n",
	  "4:27 c is a channel, not an endpoint\n"
	  "5:25 a is named twice for the same side of d\n"
	  "5:30 unknown endpoint q | declare it: endpoint NAME\n" },
	{ BODY,
	  "channel c: pipe from a to kid\n"
	  "endpoint a, kid\n"
	  "run {\n"
	  "a: fork(kid)\n"
	  "a: close(c) = 0\n"
	  "kid: close(c) = 0\n"
	  "}\n",
	  "4:27 kid does not exist before its parent's fork(), so it cannot hold c "
	  "| name its parent instead: the child holds what the parent holds at the fork\n" },
	{ BODY,
	  "across n in 3..1, 1..20000\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(n) = EBADF\n"
	  "}\n",
	  "4:13 this range has no values | write the smaller number first\n"
	  "4:19 this range has too many values\n" },
	{ BODY,
	  "across n in 1..200\n"
	  "across m in 1..200\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(n) = EBADF\n"
	  "a: close(m) = EBADF\n"
	  "}\n",
	  "5:1 the parameters have more than 10000 combinations\n" },
	{ BODY,
	  "across n in 1, 2..3, 2\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(n) = EBADF\n"
	  "}\n",
	  "4:22 n is 2 twice: both tests would have the same id\n" },
	{ BODY,
	  "across c in pipe, fivo from a to b\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: close(c) = 0\n"
	  "b: close(c) = 0\n"
	  "}\n",
	  "4:19 unknown mechanism fivo | did you mean fifo?\n" },
	{ BODY,
	  "across n in m, \"x\" * -1\n"
	  "let m = 1\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(n) = EBADF\n"
	  "a: close(m) = EBADF\n"
	  "}\n",
	  "4:13 m has no value yet: it is declared on line 5 "
	  "| a name has a value below the line of its declaration\n"
	  "4:16 cannot repeat a string -1 times\n" },
	{ BODY,
	  "let a = b\n"
	  "let b = 1\n"
	  "let c = c\n"
	  "let d = 1 / 0\n"
	  "let e = 9223372036854775807 + 1\n"
	  "let f = \"x\" + 1\n"
	  "let g = 5 % 0\n"
	  "endpoint x\n"
	  "run {\n"
	  "x: read(a + b + c, e + f + g) = 1\n"
	  "}\n",
	  "4:9 b has no value yet: it is declared on line 5 "
	  "| a name has a value below the line of its declaration\n"
	  "6:9 c has no value yet: it is declared on line 6 "
	  "| a name has a value below the line of its declaration\n"
	  "7:11 unexpected character '/'\n"
	  "8:9 9223372036854775807 + 1 is out of range\n"
	  "9:9 cannot add a string and a number\n"
	  "10:9 remainder of a division by 0\n" },
	{ BODY,
	  "timeout 0s\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:9 a timeout is longer than nothing | for example: timeout 2s\n" },
	{ BODY,
	  "timeout 1s\n"
	  "timeout 2s\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "5:1 the timeout is given twice\n" },
	{ BODY,
	  "requires cap_kil, \"yes\", kernel, sysctl, sysctl(\"a\", \"b\"), root(1), "
	  "syscall(\"raed\"), "
	  "syscall(nothing_like_it), kernel >= \"x\"\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:10 unknown name cap_kil | did you mean cap_kill?\n"
	  "4:19 a requirement is true or not, but this is a string\n"
	  "4:26 a requirement is true or not, but this is a version | compare it: kernel >= 5.14\n"
	  "4:34 sysctl takes a setting's name | write sysctl(\"...\")\n"
	  "4:42 sysctl takes a setting's name | write sysctl(\"...\")\n"
	  "4:60 root takes no argument | write root\n"
	  "4:77 raed is not a system call that can be asked for | did you mean read?\n"
	  "4:94 nothing_like_it is not a system call that can be asked for\n"
	  "4:112 cannot order a version and a string\n" },
	{ BODY,
	  "deviates kernl >= 5.4 \"why\"\n"
	  "deviates kernel \"why\"\n"
	  "deviates O_RDONLYY \"why\"\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: getpid() in 1..9\n"
	  "}\n",
	  "4:10 unknown name kernl | did you mean kernel?\n"
	  "5:10 the condition of deviates is true or not, but this is a version "
	  "| compare it: kernel >= 5.14\n"
	  "6:10 unknown name O_RDONLYY | did you mean O_RDONLY?\n" },
	{ BODY,
	  "let n = sysctl(5)\n"
	  "let m = holders(\"x\")\n"
	  "let o = getpid()\n"
	  "let p = sysctk(\"x\")\n"
	  "let q = EOF\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: close(n + m + o + p + q) = 0\n"
	  "}\n",
	  "4:16 sysctl takes a setting's name, not a number\n"
	  "5:9 holders() looks from outside: it belongs into a check | check holders(...) == 1\n"
	  "6:9 getpid() is a call, which only an endpoint can make "
	  "| make it a step and bind what it gives: x: value = getpid(...)\n"
	  "7:9 unknown function sysctk | did you mean sysctl?\n"
	  "8:9 EOF is something that can be expected, not a constant\n" },
};

#endif
