/* SPDX-License-Identifier: MIT */
/*
 * What was sent over IP on this machine and has not arrived. The kernel queues it on the sender's
 * processor and hands it on in a softirq, which a thread of the kernel may do later: until then
 * everybody can be asleep, and not for long.
 */
#ifndef IPCDRILL_LOOPBACK_H
#define IPCDRILL_LOOPBACK_H

/* A socket that sends to itself. Legal after loopback_init(). */
struct loopback {
	int fd; /* -1: there is no loopback to speak of */
};

void loopback_init(struct loopback *loopback);
/* Once; without IP there is nothing to wait for, either. */
void loopback_open(struct loopback *loopback);
void loopback_close(struct loopback *loopback);

/*
 * Returns when all is delivered that endpoints on our own processor have sent, and what that made
 * the kernel send in turn: the queue keeps its order, so what we put behind it comes last. Where
 * nothing comes round it is closed.
 */
void loopback_drain(struct loopback *loopback);

#endif
