/* SPDX-License-Identifier: MIT */
/* Descriptors that a new process has and shall not keep. */
#ifndef IPCDRILL_CLOSE_FROM_H
#define IPCDRILL_CLOSE_FROM_H

/* Closes this one and all above it. */
void close_from(unsigned first);

#endif
