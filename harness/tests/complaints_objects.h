/* SPDX-License-Identifier: MIT */
/* Channels that are no descriptors, in the wrong place or in nobody's memory. */
#ifndef IPCDRILL_TEST_COMPLAINTS_OBJECTS_H
#define IPCDRILL_TEST_COMPLAINTS_OBJECTS_H

#include "complained.h"

static const struct complaint_case said_of_objects[] = {
	{ BODY,
	  "channel m: shm_mutex held by a, r\n"
	  "channel s: sysv_shm\n"
	  "channel p: posix_shm\n"
	  "channel c: fifo\n"
	  "endpoint a, b, r\n"
	  "run {\n"
	  "a: read(m, 1) = \"x\"\n"
	  "b: pthread_mutex_lock(m) = 0\n"
	  "a: pthread_mutex_lock(p) = 0\n"
	  "a: pthread_mutex_lock(c) = 0\n"
	  "a: shmat(m)\n"
	  "a: shmget(c, 1)\n"
	  "a: open(m, 0)\n"
	  "a: open(s, 0)\n"
	  "do restart r\n"
	  "r: pthread_mutex_lock(m) = 0\n"
	  "a: sem_post(\"x\") = 0\n"
	  "a: pthread_mutex_lock(s) = 0\n"
	  "}\n",
	  "10:9 m is a shm_mutex, which has no descriptor\n"
	  "11:23 b does not have m in its memory | name it among those who hold m, on line 4\n"
	  "12:23 a does not have p in its memory: nobody does before that "
	  "| open, attach or map it first, and use the address that this gives\n"
	  "13:23 c is a fifo, which is no object in memory\n"
	  "14:10 m is a shm_mutex, which is no System V object\n"
	  "15:11 c is a fifo, which is no System V object\n"
	  "16:9 m is a shm_mutex, which has no path or address\n"
	  "17:9 s is a sysv_shm, which has no path or address\n"
	  "19:23 r does not have m in its memory: it is a new process since its restart\n"
	  "20:13 semaphore of sem_post() is an object in memory or an address, not a string\n"
	  "21:23 a does not have s in its memory: nobody does before that "
	  "| open, attach or map it first, and use the address that this gives\n" },
};

#endif
