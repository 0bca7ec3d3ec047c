/* SPDX-License-Identifier: MIT */
/*
 * The listeners of a stage: one for each process that was started with faults on it, as long as the
 * scenario lasts.
 */
#ifndef IPCDRILL_LISTENER_H
#define IPCDRILL_LISTENER_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint.h"
#include "inject.h"

/*
 * In the new process, before it makes the first call of its own. 0 or -errno, as inject_install().
 */
int listener_install(const struct stage *stage, unsigned endpoint);
/* In the driver, after the fork. 0 or -errno; 0 too where there are no faults on this endpoint. */
int listener_open(struct stage *stage, unsigned endpoint, pid_t pid);

/* Serves all of them without waiting; true if anything happened. */
bool listeners_serve(struct stage *stage);

/* Who waits for a driver that sleeps: how many descriptors. */
size_t listeners_pollfds(const struct stage *stage, struct pollfd *fds, size_t max);
int64_t listeners_deadline_ns(const struct stage *stage);

/* The hit that holds this thread, or NULL. */
const struct hit *listeners_held(const struct stage *stage, pid_t tid);

/* Opens a gate for good, for those that are held at the entry and those that linger at the exit. */
void listeners_release(struct stage *stage, unsigned gate);

/* It was just sent SIGSTOP. */
void listeners_stopping(struct stage *stage, pid_t pid);

/* It was stopped, and is about to be continued. */
void listeners_continuing(struct stage *stage, pid_t pid);

/* This process is dead; what it forked may not be. */
void listeners_process_died(struct stage *stage, pid_t pid);

/* Nobody is left. */
void listeners_close(struct stage *stage);

#endif
