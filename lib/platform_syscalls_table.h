/* SPDX-License-Identifier: MIT */
/*
 * Data of platform_syscalls.c: the system calls that can be asked for. TRY passes -1 everywhere,
 * which no call here takes without complaint; TRY_WITH says what is harmless instead.
 */
TRY(accept), TRY(accept4), TRY(bind), TRY(capget), TRY(capset), TRY(clock_gettime),
TRY(clock_nanosleep), TRY(clone3), TRY(close), TRY(connect), TRY(copy_file_range), TRY(dup),
TRY(dup3), TRY(epoll_create1), TRY(epoll_ctl), TRY(epoll_pwait), TRY(eventfd2), TRY(execve),
TRY(execveat), TRY(fallocate), TRY(fcntl), TRY(fdatasync), TRY(fstat), TRY(fsync), TRY(ftruncate),
TRY(get_robust_list), TRY(getpeername), TRY(getsockname), TRY(getsockopt), TRY(inotify_add_watch),
TRY(inotify_init1), TRY(io_cancel), TRY(io_destroy), TRY(io_getevents), TRY(io_setup),
TRY(io_submit), TRY(ioctl), TRY(kcmp), TRY(linkat), TRY(listen), TRY(lseek), TRY(madvise),
TRY(membarrier), TRY(memfd_create), TRY(mkdirat), TRY(mknodat), TRY(mmap), TRY(mprotect),
TRY(mq_getsetattr), TRY(mq_notify), TRY(mq_open), TRY(mq_timedreceive), TRY(mq_timedsend),
TRY(mq_unlink), TRY(mremap), TRY(msgctl), TRY(msgrcv), TRY(msgsnd), TRY(msync), TRY(munmap),
TRY(nanosleep), TRY(openat), TRY(perf_event_open), TRY(pipe2), TRY(ppoll), TRY(prctl), TRY(pread64),
TRY(preadv), TRY(preadv2), TRY(prlimit64), TRY(process_vm_readv), TRY(process_vm_writev),
TRY(pselect6), TRY(pwrite64), TRY(pwritev), TRY(pwritev2), TRY(read), TRY(readv), TRY(recvfrom),
TRY(recvmmsg), TRY(recvmsg), TRY(renameat2), TRY(rt_sigaction), TRY(rt_sigpending),
TRY(rt_sigprocmask), TRY(rt_sigqueueinfo), TRY(rt_sigsuspend), TRY(rt_sigtimedwait),
TRY(rt_tgsigqueueinfo), TRY(sched_getaffinity), TRY(sched_setaffinity), TRY(seccomp), TRY(semctl),
TRY(semget), TRY(semop), TRY(semtimedop), TRY(sendfile), TRY(sendmmsg), TRY(sendmsg), TRY(sendto),
TRY(set_robust_list), TRY(setitimer), TRY(setns), TRY(setsockopt), TRY(shmat), TRY(shmctl),
TRY(shmdt), TRY(shmget), TRY(shutdown), TRY(sigaltstack), TRY(signalfd4), TRY(socket),
TRY(socketpair), TRY(splice), TRY(statx), TRY(tee), TRY(tgkill), TRY(timer_create),
TRY(timer_delete), TRY(timer_getoverrun), TRY(timer_settime), TRY(timerfd_create),
TRY(timerfd_gettime), TRY(timerfd_settime), TRY(tkill), TRY(unlinkat), TRY(unshare),
TRY(userfaultfd), TRY(vmsplice), TRY(wait4), TRY(waitid), TRY(write), TRY(writev),

/* Younger than some C libraries' headers; the same number on every architecture but Alpha. */
{ "pidfd_send_signal", 424, NONE_OF_IT }, { "io_uring_setup", 425, NONE_OF_IT },
{ "io_uring_enter", 426, NONE_OF_IT }, { "io_uring_register", 427, NONE_OF_IT },
{ "pidfd_open", 434, NONE_OF_IT }, { "close_range", 436, NONE_OF_IT },
{ "openat2", 437, NONE_OF_IT }, { "pidfd_getfd", 438, NONE_OF_IT },
{ "faccessat2", 439, NONE_OF_IT }, { "process_madvise", 440, NONE_OF_IT },
{ "epoll_pwait2", 441, NONE_OF_IT }, { "landlock_create_ruleset", 444, NONE_OF_IT },
{ "memfd_secret", 447, NONE_OF_IT }, { "process_mrelease", 448, NONE_OF_IT },
{ "futex_waitv", 449, NONE_OF_IT }, { "cachestat", 451, NONE_OF_IT },
{ "fchmodat2", 452, NONE_OF_IT }, { "futex_wake", 454, NONE_OF_IT },
{ "futex_wait", 455, NONE_OF_IT }, { "futex_requeue", 456, NONE_OF_IT },
{ "statmount", 457, NONE_OF_IT }, { "listmount", 458, NONE_OF_IT }, { "mseal", 462, NONE_OF_IT },

/* With -1 these would do something, or answer ENOSYS though they exist. */
TRY_WITH(futex, -1, FUTEX_WAKE, 0), TRY_WITH(flock, -1, 0), TRY_WITH(kill, INT_MAX, 0),
TRY_WITH(msgget, -1, 0), TRY_WITH(ptrace, -1, INT_MAX), TRY_WITH(getpid, 0), TRY_WITH(getppid, 0),
TRY_WITH(gettid, 0), TRY_WITH(getpgid, 0), TRY_WITH(sched_yield, 0), TRY_WITH(getrandom, -1, 0, 0),
TRY_WITH(umask, 0), TRY_WITH(setsid, 0), TRY_WITH(setpgid, 0, -1),

/* Only some architectures have these; the others have none of them. */
#ifdef __x86_64__
TRY(access), TRY(chmod), TRY(creat), TRY(dup2), TRY(epoll_create), TRY(epoll_wait),
TRY(inotify_init), TRY(link), TRY(mkdir), TRY(mknod), TRY(open), TRY(pipe), TRY(poll),
TRY(readlink), TRY(rename), TRY(rmdir), TRY(select), TRY(stat), TRY(unlink), TRY_WITH(alarm, 0),
TRY_WITH(eventfd, 0), TRY_WITH(signalfd, -1, -1, 0),
#endif
