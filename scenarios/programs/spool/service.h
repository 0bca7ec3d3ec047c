/* SPDX-License-Identifier: MIT */
/*
 * What a server does that takes requests from one FIFO and acknowledges them on another: all but
 * keeping them. README.md has the protocol.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "request.h"

/*
 * Returns -1 with errno if the request could not be kept; then it is not acknowledged, and the
 * service ends. One that was kept before is to be kept once.
 */
typedef int service_keep(const struct request *request);

/*
 * From now on SIGTERM ends the process with status 0, unless `finish`, called first, returns less
 * than 0: then with 1. It is called in a signal handler, but never while a request is being kept.
 * NULL: nothing to do.
 */
void service_end_on_sigterm(int (*finish)(void));

/* Serves until it cannot go on, which it has then said. */
void service_run(const char *requests_path, const char *replies_path, service_keep *keep);

#endif
