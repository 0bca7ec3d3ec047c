/* SPDX-License-Identifier: MIT */
/* A line that cannot be read: what it may have declared is not complained about as well. */
#ifndef IPCDRILL_TEST_COMPLAINTS_DAMAGE_H
#define IPCDRILL_TEST_COMPLAINTS_DAMAGE_H

#include "complained.h"

static const struct complaint_case said_of_damage[] = {
	{ BODY,
	  PIPE "fault f on w: entry write() => errno EIO\n"
	       "run {\n"
	       "w: write(c, \"x\") = EIO\n"
	       "do disarm f\n"
	       "do arm f, w\n"
	       "}\n",
	  "6:29 expected '->', 'nth' or 'every', found '='\n"
	  "10:11 do arm takes a fault | declare it: fault NAME on ENDPOINT: ...\n" },
	{ BODY,
	  PIPE "fault f on w: entry write() -> hold g g\n"
	       "run {\n"
	       "w: write(c, \"x\") blocks\n"
	       "do release g\n"
	       "do release h\n"
	       "}\n",
	  "6:39 expected end of line, 'optional' or ',', found 'g'\n"
	  "10:12 do release takes a gate | a fault with the effect hold declares it\n" },
	{ BODY,
	  "channel c: pipe from w to r ?\n"
	  "endpoint w, r\n"
	  "fault f on w: entry write(c) -> errno EIO\n"
	  "fault g on w: entry write(d, w) -> errno EIO\n"
	  "run {\n"
	  "w: write(c, \"x\") = EIO\n"
	  "}\n",
	  "4:29 unexpected character '?'\n"
	  "7:27 a fault cannot match this "
	  "| name a channel, or write path ~ \"*.sock\", size > 4096, kind == socket\n"
	  "7:30 a fault cannot match this "
	  "| name a channel, or write path ~ \"*.sock\", size > 4096, kind == socket\n" },
	{ BODY,
	  "channel c: fifo ?\n"
	  "endpoint p = program(\"p\")\n"
	  "run {\n"
	  "do start p\n"
	  "await p blocked_in(open(c))\n"
	  "await p blocked_in(open(d))\n"
	  "}\n",
	  "4:17 unexpected character '?'\n"
	  "9:25 a call of a program is about one channel, or any | write open(c), or open() for "
	  "any\n" },
	{ BODY,
	  "across how in raw, libc ?\n"
	  "across where in pathname, abstract ?\n"
	  "channel c: unix_stream(address=where) between a and b\n"
	  "channel d: unix_stream(address=there) between a and b\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: write(c, \"x\", via=how) = 1\n"
	  "a: write(d, \"x\", via=who) = 1\n"
	  "}\n",
	  "4:25 unexpected character '?'\n"
	  "5:36 unexpected character '?'\n"
	  "7:32 address of unix_stream cannot be there "
	  "| write address=pathname or address=abstract\n"
	  "11:22 write via=raw or via=libc\n" },
	{ BODY,
	  "let command = 5 ?\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: dup(command) = EBADF\n"
	  "a: dup(sysctl) = EBADF\n"
	  "}\n",
	  "4:17 unexpected character '?'\n"
	  "8:8 sysctl is asked in let, requires and deviates only "
	  "| give its value a name: let n = sysctl(...)\n" },
	{ BODY,
	  "channel c: fifo ?\n"
	  "endpoint a, b\n"
	  "run {\n"
	  "a: x = open(c, O_RDWR)\n"
	  "a: fork(b)\n"
	  "b: close(x) = 0\n"
	  "}\n",
	  "4:17 unexpected character '?'\n" },
	{ BODY,
	  PIPE "fault f on w: entry write() => stop\n"
	       "run {\n"
	       "w: write(c, \"x\") blocks\n"
	       "do cont w\n"
	       "}\n",
	  "6:29 expected '->', 'nth' or 'every', found '='\n" },
	/* The same of one that can be read, but not understood. */
	{ BODY,
	  PIPE "fault f on w: entry wrote() -> stop\n"
	       "run {\n"
	       "w: write(c, \"x\") blocks\n"
	       "do cont w\n"
	       "}\n",
	  "6:21 unknown call wrote | did you mean write?\n" },
	{ BODY,
	  "fault f on a: entry dup() every 0x -> errno EIO\n"
	  "fault g on a: entry dup() every 99999999999999999999 -> errno EIO\n"
	  "fault h on a: entry dup() every 2x -> errno EIO\n"
	  "timeout 5min\n"
	  "endpoint a\n"
	  "run {\n"
	  "a: dup(9) = EIO\n"
	  "}\n",
	  "4:33 no digits after '0x'\n"
	  "5:33 the number is larger than 9223372036854775807\n"
	  "6:34 unknown unit 'x' after a number "
	  "| numbers are 12, 0x1f, 0o17 or 017; durations end in ns, us, ms, s or m\n"
	  "7:10 unknown unit 'min' after a number "
	  "| numbers are 12, 0x1f, 0o17 or 017; durations end in ns, us, ms, s or m\n" },
};

#endif
