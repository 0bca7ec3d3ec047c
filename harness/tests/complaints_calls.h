/* SPDX-License-Identifier: MIT */
/* Calls, their arguments and results that cannot be: what is said about them. */
#ifndef IPCDRILL_TEST_COMPLAINTS_CALLS_H
#define IPCDRILL_TEST_COMPLAINTS_CALLS_H

#include "complained.h"

static const struct complaint_case said_of_calls[] = {
	{ STEPS,
	  "w: write(c, \"x\", 5, 6) = 1\n"
	  "r: read(c) = \"x\"\n",
	  "7:18 too many arguments for write() | write(fd, data)\n"
	  "8:4 read() needs its argument size | read(fd, size)\n" },
	{ STEPS,
	  "w: write(c, dta=\"x\") = 1\n"
	  "r: read(c, zzzzz=8) = \"x\"\n",
	  "7:13 write() has no parameter dta | did you mean data?\n"
	  "8:12 read() has no parameter zzzzz | read(fd, size)\n" },
	{ STEPS,
	  "w: write(c, fd=c, data=\"x\") = 1\n"
	  "r: read(c, size=8, size=9) = \"x\"\n"
	  "r: read(c, size=8, 9) = \"x\"\n"
	  "w: write(fd=c, c) = 1\n",
	  "7:13 fd of write() is given twice\n"
	  "8:20 size of read() is given twice\n"
	  "9:20 an argument without a name cannot follow one with a name | read(fd, size)\n"
	  "10:16 an argument without a name cannot follow one with a name | write(fd, data)\n" },
	{ STEPS,
	  "w: write(c, 5) = 1\n"
	  "w: write(c, 20ms) = 1\n"
	  "r: read(\"c\", 8) = \"x\"\n"
	  "r: read(c, {1, 2}) = \"x\"\n"
	  "r: read(c, EAGAIN) = \"x\"\n"
	  "r: poll(c, POLLIN, 5) = 1\n",
	  "7:13 data of write() is bytes in quotes, not a number\n"
	  "8:13 data of write() is bytes in quotes, not a duration\n"
	  "9:9 fd of read() is a descriptor or a channel, not a string\n"
	  "10:12 size of read() is a number of bytes, not a list\n"
	  "11:12 size of read() is a number of bytes, not an error\n"
	  "12:20 timeout of poll() is a duration such as 20ms, not a number "
	  "| durations have units: 0s, 20ms, 1s\n" },
	{ STEPS,
	  "r: open(5, O_RDONLY) = 3\n"
	  "r: open(\"a\\x00b\", O_RDONLY) = ENOENT\n"
	  "r: open(c, O_RDONLY) = 3\n"
	  "r: kill(c, 0) = 0\n"
	  "r: kill(wr, 0) = 0\n",
	  "7:9 path of open() is a path in quotes or a channel, not a number\n"
	  "8:9 a path cannot contain \\x00\n"
	  "9:9 c is a pipe, which has no path or address\n"
	  "10:9 c is a channel, not the pid of kill()\n"
	  "11:9 unknown name wr\n" },
	{ STEPS,
	  "r: read(c, via=raww, size=8) = \"x\"\n"
	  "r: read(c, 8, via=raw, via=libc) = \"x\"\n"
	  "r: read(c, 8, via=5) = \"x\"\n"
	  "r: handled(SIGUSR1, via=raw) = 0\n",
	  "7:16 write via=raw or via=libc\n"
	  "8:24 via is given twice\n"
	  "9:19 write via=raw or via=libc\n"
	  "10:21 handled has no system call of its own, only a function | leave it out\n" },
	{ STEPS,
	  "r: read(c, 1048577) = \"x\"\n"
	  "r: read(c, -1) = \"x\"\n"
	  "r: readv(c, {1048576, 1}) = \"x\"\n"
	  "w: write(c, \"x\" * 99999999999) = 1\n"
	  "w: write(c, \"x\" * -1) = 1\n"
	  "w: write(c, \"x\" - 1) = 1\n",
	  "7:12 size of read() must be between 0 and 1048576 bytes\n"
	  "8:12 size of read() must be between 0 and 1048576 bytes\n"
	  "9:13 sizes of readv() must be between 0 and 1048576 bytes in all\n"
	  "10:13 a string of 99999999999 bytes is too long\n"
	  "11:13 cannot repeat a string -1 times\n"
	  "12:13 cannot subtract a string and a number\n" },
	{ STEPS,
	  "w: write(c, \"x\") = EOF\n"
	  "w: write(c, \"x\") = \"x\"\n"
	  "r: read(c, 1) = {1, 2}\n"
	  "r: read(c, 1) in 5\n"
	  "r: close(c) = \"x\"\n"
	  "r: read(c, 1) = 20ms\n"
	  "r: read(c, 1) in { EOF, \"x\", EINTR, 20ms }\n"
	  "r: read(c, 1) = 9..1\n",
	  "7:20 write() gives a number or an error, never EOF | end of file is for calls that "
	  "read\n"
	  "8:20 write() gives a number or an error, never a string "
	  "| write how many bytes, as a number\n"
	  "9:17 read() gives bytes, EOF or an error, never a list "
	  "| for one of several values write: in { ... }\n"
	  "10:18 after in stands a set of what is allowed | for example: in { 0, EINTR } or in "
	  "1..8\n"
	  "11:15 close() gives 0 or an error, never a string\n"
	  "12:17 read() gives bytes, EOF or an error, never a duration\n"
	  "13:37 read() gives bytes, EOF or an error, never a duration\n"
	  "14:17 this range is empty | write the smaller one first\n" },
	{ STEPS,
	  "r: read(c, 8) = \"x\" with nope=5\n"
	  "r: pipe() = 0 with raed as a, write as b\n"
	  "r: pipe() = 0 with read as x, read as y\n"
	  "r: pipe() = 0 with read=3, read=4\n"
	  "r: pipe() = 0 with read=EOF\n"
	  "r: pipe() = GONE with read=5\n",
	  "7:26 read() does not give nope | it gives only its result\n"
	  "8:20 pipe() does not give raed | did you mean read?\n"
	  "9:39 read of pipe() is bound already\n"
	  "10:28 read is given twice\n"
	  "11:25 EOF is something that can be expected, not the read of pipe()\n"
	  "12:23 a call that never returns gives nothing\n" },
	{ STEPS,
	  "r: n = read(c, 8) = EAGAIN\n"
	  "r: pipe() = EMFILE with read as x\n"
	  "r: m = read(c, 8) in { EAGAIN, EINTR }\n"
	  "r: k = read(c, 8) = GONE\n",
	  "7:4 n would never be bound: the call is expected to fail | leave the name out\n"
	  "8:33 x would never be bound: the call is expected to fail | leave the name out\n"
	  "9:4 m would never be bound: the call is expected to fail | leave the name out\n"
	  "10:4 k would never be bound: the call is expected to fail | leave the name out\n" },
	{ BODY,
	  "channel c: fifo\n"
	  "channel d: unix_stream\n"
	  "channel e: pipe from a to a\n"
	  "channel f: file held by a\n"
	  "channel g: pipe from a to b\n"
	  "endpoint a, b, x\n"
	  "run {\n"
	  "a: read(c, 1) = \"x\"\n"
	  "a: read(d, 1) = \"x\"\n"
	  "a: read(e, 1) = \"x\"\n"
	  "a: read(f.read, 1) = \"x\"\n"
	  "a: read(g.read, 1) = \"x\"\n"
	  "x: read(g, 1) = \"x\"\n"
	  "b: close(g.raed) = 0\n"
	  "b: close(zz.read) = 0\n"
	  "b: close(b.read) = 0\n"
	  "b: stat(g.read) = 0\n"
	  "}\n",
	  "11:9 a holds no end of c: nobody does before opening it "
	  "| open it first and use that: a: fd = open(c, O_RDWR)\n"
	  "12:9 a holds no end of d: nobody does before opening it "
	  "| make a socket first and use that: a: s = socket(AF_UNIX, ...)\n"
	  "13:9 a holds both ends of e | write e.read or e.write\n"
	  "14:9 f is held by one descriptor for both directions | write f\n"
	  "15:9 a does not hold g.read | write g: the end that it holds\n"
	  "16:9 x holds no end of g | name it among those who hold g, on line 8\n"
	  "17:10 the ends of g are g.read and g.write | did you mean read?\n"
	  "18:10 only a channel has ends, such as c.read and c.write\n"
	  "19:10 only a channel has ends, such as c.read and c.write\n"
	  "20:9 g.read is a descriptor, not the path of stat()\n" },
	{ STEPS,
	  "w: when(1) = 0\n"
	  "w: when(1, 2) = 0\n"
	  "w: when(\"x\", close(c)) = 0\n"
	  "w: when(1, when(1, close(c))) = 0\n"
	  "w: when(0, wriet(c, \"x\")) = 0\n"
	  "r: read(c, when(1, 2)) = \"x\"\n"
	  "r: read(c, choose(1, 2)) = \"x\"\n"
	  "r: read(c, choose(1, 2, zz)) = \"x\"\n",
	  "7:4 write when(CONDITION, CALL(...))\n"
	  "8:4 write when(CONDITION, CALL(...))\n"
	  "9:9 the condition of when() is true or not, but this is a string\n"
	  "10:12 when() inside of when() | join the conditions: when(A && B, ...)\n"
	  "11:12 unknown call wriet | did you mean write?\n"
	  "12:12 when() stands around a whole call "
	  "| write ENDPOINT: when(CONDITION, CALL(...)); or choose(...) for a value\n"
	  "13:12 choose() takes 3 arguments, not 2 | write choose(CONDITION, IF_TRUE, IF_FALSE)\n"
	  "14:25 unknown name zz\n" },
	{ STEPS,
	  "w: write(c, getpid()) = 1\n"
	  "w: write(c, msg(w, 1)) = 1\n"
	  "w: write(c, msg(ww, \"x\", 3)) = 1\n"
	  "w: write(c, msg(5, 1, 3)) = 1\n"
	  "w: write(c, torn(c)) = 1\n"
	  "w: write(c, x=5) = (y=5)\n"
	  "w: write(c, scratch(\"a/b\")) = 1\n"
	  "r: drain(c, chunck=5)\n"
	  "r: read(c, (size=5)) = 1\n",
	  "7:13 getpid() is a call, which only an endpoint can make "
	  "| make it a step and bind what it gives: x: value = getpid(...)\n"
	  "8:13 msg() takes 3 arguments, not 2 | write msg(SENDER, NUMBER, SIZE)\n"
	  "9:17 unknown endpoint ww | declare it: endpoint NAME\n"
	  "9:21 number and size of msg() are numbers, not a string\n"
	  "10:17 the sender of msg() is an endpoint\n"
	  "12:22 expected ')', found '='\n"
	  "13:21 scratch() takes the plain name of a file, in quotes "
	  "| for example: scratch(\"journal\")\n"
	  "14:13 drain() has no parameter chunck | did you mean chunk?\n"
	  "15:17 expected ')', found '='\n" },
};

#endif
