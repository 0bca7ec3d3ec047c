/* SPDX-License-Identifier: MIT */
/* Names for the numbers of system calls that not every machine has. */
#ifndef IPCDRILL_CALL_NUMBERS_H
#define IPCDRILL_CALL_NUMBERS_H

#include <sys/syscall.h>

/* Other machines have this system call; here the library does it another way. */
#define CALL_NOT_HERE (-2L)

/* What newer processors' Linux never had. */
#ifndef SYS_open
#define SYS_open CALL_NOT_HERE
#define SYS_creat CALL_NOT_HERE
#define SYS_pipe CALL_NOT_HERE
#define SYS_dup2 CALL_NOT_HERE
#define SYS_stat CALL_NOT_HERE
#define SYS_lstat CALL_NOT_HERE
#define SYS_access CALL_NOT_HERE
#define SYS_rename CALL_NOT_HERE
#define SYS_link CALL_NOT_HERE
#define SYS_unlink CALL_NOT_HERE
#define SYS_symlink CALL_NOT_HERE
#define SYS_mknod CALL_NOT_HERE
#define SYS_mkdir CALL_NOT_HERE
#define SYS_rmdir CALL_NOT_HERE
#define SYS_chmod CALL_NOT_HERE
#define SYS_fork CALL_NOT_HERE
#define SYS_vfork CALL_NOT_HERE
#define SYS_poll CALL_NOT_HERE
#define SYS_select CALL_NOT_HERE
#define SYS_epoll_create CALL_NOT_HERE
#define SYS_epoll_wait CALL_NOT_HERE
#define SYS_eventfd CALL_NOT_HERE
#define SYS_signalfd CALL_NOT_HERE
#define SYS_pause CALL_NOT_HERE
#define SYS_alarm CALL_NOT_HERE
#endif
#ifndef SYS_renameat
#define SYS_renameat CALL_NOT_HERE
#endif
#ifndef SYS_semop
#define SYS_semop CALL_NOT_HERE
#endif

#endif
