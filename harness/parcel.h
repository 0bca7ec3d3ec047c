/* SPDX-License-Identifier: MIT */
/* A result on its way from a worker to the command: one parcel in a pipe. */
#ifndef IPCDRILL_PARCEL_H
#define IPCDRILL_PARCEL_H

#include <stddef.h>
#include <stdint.h>

#include "history.h"
#include "judge.h"

struct parcel {
	size_t job;
	int64_t duration_ns;
	struct verdict verdict;
	struct history history;		/* empty if the verdict is a pass */
};

/* 0 or -errno (EPIPE: nobody reads any more). */
int parcel_send(int fd, const struct parcel *parcel);

/*
 * 1: received; 0: end of file; -errno, EPROTO for a parcel cut short or senseless. parcel_free()
 * it.
 */
int parcel_receive(int fd, struct parcel *parcel);
void parcel_free(struct parcel *parcel);

#endif
