/* SPDX-License-Identifier: MIT */
/*
 * What wakes whoever waits for tracees. It takes SIGCHLD, which is blocked while there are any;
 * processes that fork(3) makes meanwhile have it as it was before.
 */
#ifndef IPCDRILL_TRACEE_WAKE_H
#define IPCDRILL_TRACEE_WAKE_H

/* One tracee more; 0 or -errno. */
int tracee_wake_open(void);
/* One less. */
void tracee_wake_close(void);

/* Readable when something happened to a tracee; -1: there are none. */
int tracee_wake_fd(void);
/* Until the next event; then look at all tracees. */
void tracee_wake_drain(void);
/* As if there had been an event. */
void tracee_wake_ring(void);

#endif
