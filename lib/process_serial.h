/* SPDX-License-Identifier: MIT */
/* Tells open files apart that share an inode. */
#ifndef IPCDRILL_PROCESS_SERIAL_H
#define IPCDRILL_PROCESS_SERIAL_H

#include <stdint.h>
#include <sys/stat.h>

/*
 * A number among those that share the inode of this descriptor; 0: nobody does, or nobody can tell.
 */
uint64_t descriptor_serial(int fd, const struct stat *status);

#endif
