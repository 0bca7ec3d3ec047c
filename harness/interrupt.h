/* SPDX-License-Identifier: MIT */
/* A signal that asks the program to end, while it has something to say before. */
#ifndef IPCDRILL_INTERRUPT_H
#define IPCDRILL_INTERRUPT_H

/*
 * From now on the first SIGINT, SIGTERM or SIGHUP that is not ignored is only noted; the second one
 * ends the program at once.
 */
void interrupt_watch(void);

/* For poll(2): readable once one was noted; -1: nobody watches. */
int interrupt_fd(void);

/* 0: none. */
int interrupt_signal(void);

/*
 * Ends by this signal: whoever waits for us must see what happened. Without a core: if there is one
 * to be had, it is that of a program.
 */
int interrupt_end_by(int signal);

#endif
