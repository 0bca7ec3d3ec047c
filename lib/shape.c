// SPDX-License-Identifier: MIT
/* One table for the meaning of arguments. */
#include "shape.h"

#include <sys/syscall.h>

#define FD(n) { .number = (n), .fd = 0, .directory = -1, .path = -1, .address = -1, .size = -1 }
#define NOTHING(n)                                                                               \
	{                                                                                        \
		.number = (n), .fd = -1, .directory = -1, .path = -1, .address = -1, .size = -1, \
		.transfer = TRANSFER_IDLE                                                        \
	}
#define MOVES(n, how, output, bytes)                                                \
	{                                                                           \
		.number = (n), .fd = 0, .directory = -1, .path = -1, .address = -1, \
		.size = (bytes), .transfer = (how), .is_output = (output)           \
	}
#define SENDS(n, how, output, bytes, where)                                              \
	{                                                                                \
		.number = (n), .fd = 0, .directory = -1, .path = -1, .address = (where), \
		.size = (bytes), .transfer = (how), .is_output = (output),               \
		.kind = SHAPE_OF_SOCKETS                                                 \
	}
#define SOCKET(n, where)                                                                 \
	{                                                                                \
		.number = (n), .fd = 0, .directory = -1, .path = -1, .address = (where), \
		.size = -1, .kind = SHAPE_OF_SOCKETS                                     \
	}
#define QUEUE(n, descriptor, name)                                                                 \
	{                                                                                          \
		.number = (n), .fd = (descriptor), .directory = -1, .path = (name), .address = -1, \
		.size = -1, .kind = SHAPE_OF_QUEUES                                                \
	}
#define PATH_AT(n) { .number = (n), .fd = -1, .directory = 0, .path = 1, .address = -1, .size = -1 }
#define PATH(n) { .number = (n), .fd = -1, .directory = -1, .path = 0, .address = -1, .size = -1 }

#define FD_AT(n, position)                                                                       \
	{                                                                                        \
		.number = (n), .fd = (position), .directory = -1, .path = -1, .address = -1,     \
		.size = -1                                                                       \
	}
#define TWO_FDS(n, second, bytes)                                                                \
	{                                                                                        \
		.number = (n), .fd = 0, .directory = -1, .path = -1, .address = -1,              \
		.size = (bytes), .other = &(second)                                              \
	}
#define TWO_PATHS(n, starts_at, name, second)                                                    \
	{                                                                                        \
		.number = (n), .fd = -1, .directory = (starts_at), .path = (name),               \
		.address = -1, .size = -1, .other = &(second)                                    \
	}
#define PATH_THERE(n, starts_at, name)                                                           \
	{                                                                                        \
		.number = (n), .fd = -1, .directory = (starts_at), .path = (name),               \
		.address = -1, .size = -1                                                        \
	}

#define ABOUT(n, what)                                                                           \
	{                                                                                        \
		.number = (n), .fd = -1, .directory = -1, .path = -1, .address = -1, .size = -1, \
		.about = (what)                                                                  \
	}
#define SYSTEM_V(n, what, which)                                                                 \
	{                                                                                        \
		.number = (n), .fd = -1, .directory = -1, .path = -1, .address = -1, .size = -1, \
		.about = (what), .system_v = SYSTEM_V_##which                                    \
	}

#define MESSAGE(n)                                                                              \
	{                                                                                       \
		.number = (n), .fd = -1, .directory = -1, .path = -1, .address = -1, .size = 2, \
		.about = ABOUT_ID, .system_v = SYSTEM_V_MSG                                     \
	}
#define QUEUE_MESSAGE(n, output)                                                               \
	{                                                                                      \
		.number = (n), .fd = 0, .directory = -1, .path = -1, .address = -1, .size = 2, \
		.is_output = (output), .kind = SHAPE_OF_QUEUES                                 \
	}

static const struct shape fd_1 = FD_AT(-1, 1), fd_2 = FD_AT(-1, 2);
static const struct shape path_2_at_3 = PATH_THERE(-1, 2, 3);
#ifdef SYS_open
static const struct shape path_1 = PATH_THERE(-1, -1, 1);
#endif

static const struct shape shapes[] = {
	MOVES(SYS_read, TRANSFER_BUFFER, false, 2),
	MOVES(SYS_write, TRANSFER_BUFFER, true, 2),
	MOVES(SYS_pread64, TRANSFER_BUFFER_AT, false, 2),
	MOVES(SYS_pwrite64, TRANSFER_BUFFER_AT, true, 2),
	MOVES(SYS_readv, TRANSFER_VECTOR, false, -1),
	MOVES(SYS_writev, TRANSFER_VECTOR, true, -1),
	MOVES(SYS_preadv, TRANSFER_VECTOR_AT, false, -1),
	MOVES(SYS_pwritev, TRANSFER_VECTOR_AT, true, -1),
	SENDS(SYS_recvfrom, TRANSFER_SOCKET, false, 2, -1),
	SENDS(SYS_sendto, TRANSFER_SOCKET, true, 2, 4),
	SENDS(SYS_recvmsg, TRANSFER_MESSAGE, false, -1, -1),
	SENDS(SYS_sendmsg, TRANSFER_MESSAGE, true, -1, -1),
	NOTHING(SYS_getpid),
	NOTHING(SYS_getppid),
	NOTHING(SYS_gettid),
	NOTHING(SYS_getuid),
	NOTHING(SYS_geteuid),
	NOTHING(SYS_getgid),
	NOTHING(SYS_getegid),
	NOTHING(SYS_getpgid),
	NOTHING(SYS_getsid),
	NOTHING(SYS_sched_yield),
	SOCKET(SYS_bind, 1),
	SOCKET(SYS_connect, 1),
	SOCKET(SYS_listen, -1),
	SOCKET(SYS_accept, -1),
	SOCKET(SYS_accept4, -1),
	SOCKET(SYS_shutdown, -1),
	SOCKET(SYS_sendmmsg, -1),
	SOCKET(SYS_recvmmsg, -1),
	PATH_AT(SYS_openat),
	PATH_AT(SYS_openat2),
	PATH_AT(SYS_unlinkat),
	PATH_AT(SYS_mkdirat),
	PATH_AT(SYS_mknodat),
	PATH_AT(SYS_newfstatat),
	PATH_AT(SYS_faccessat),
	PATH_AT(SYS_fchmodat),
	PATH_AT(SYS_fchownat),
	PATH_AT(SYS_readlinkat),
#ifdef SYS_renameat
	TWO_PATHS(SYS_renameat, 0, 1, path_2_at_3),
#endif
	TWO_PATHS(SYS_renameat2, 0, 1, path_2_at_3),
	TWO_PATHS(SYS_linkat, 0, 1, path_2_at_3),
	PATH_THERE(SYS_symlinkat, 1, 2),
	PATH_AT(SYS_statx),
	PATH_AT(SYS_utimensat),
	PATH_AT(SYS_execveat),
	PATH(SYS_execve),
	PATH(SYS_truncate),
	PATH(SYS_statfs),
	PATH(SYS_chdir),
	PATH(SYS_chroot),
	PATH(SYS_umount2),
	PATH_THERE(SYS_mount, -1, 1),
	PATH(SYS_setxattr),
	PATH(SYS_lsetxattr),
	PATH(SYS_getxattr),
	PATH(SYS_lgetxattr),
	PATH(SYS_listxattr),
	PATH(SYS_llistxattr),
	PATH(SYS_removexattr),
	PATH(SYS_lremovexattr),
	PATH_THERE(SYS_inotify_add_watch, -1, 1),
#ifdef SYS_open
	PATH(SYS_open),
	PATH(SYS_creat),
	PATH(SYS_unlink),
	PATH(SYS_mkdir),
	PATH(SYS_mknod),
	PATH(SYS_stat),
	PATH(SYS_lstat),
	PATH(SYS_access),
	PATH(SYS_chmod),
	PATH(SYS_chown),
	PATH(SYS_readlink),
	TWO_PATHS(SYS_rename, -1, 0, path_1),
	TWO_PATHS(SYS_link, -1, 0, path_1),
	PATH_THERE(SYS_symlink, -1, 1),
	PATH(SYS_lchown),
	PATH(SYS_utime),
	PATH(SYS_utimes),
	PATH(SYS_rmdir),
	NOTHING(SYS_getpgrp),
	FD(SYS_dup2),
	FD(SYS_epoll_wait),
#endif
	FD(SYS_close),
	FD(SYS_dup),
	FD(SYS_dup3),
	FD(SYS_fcntl),
	FD(SYS_ioctl),
	FD(SYS_fstat),
	FD(SYS_lseek),
	FD(SYS_fsync),
	FD(SYS_fdatasync),
	FD(SYS_ftruncate),
	FD(SYS_fallocate),
	FD(SYS_fadvise64),
	FD(SYS_readahead),
	FD(SYS_sync_file_range),
	FD(SYS_syncfs),
	FD(SYS_fstatfs),
	FD(SYS_fchdir),
	FD(SYS_fchown),
	FD(SYS_fsetxattr),
	FD(SYS_fgetxattr),
	FD(SYS_flistxattr),
	FD(SYS_fremovexattr),
	FD(SYS_timerfd_settime),
	FD(SYS_timerfd_gettime),
	FD(SYS_fchmod),
	FD(SYS_flock),
	FD(SYS_getdents64),
	FD(SYS_getsockopt),
	FD(SYS_setsockopt),
	FD(SYS_getsockname),
	FD(SYS_getpeername),
	FD(SYS_preadv2),
	FD(SYS_pwritev2),
	TWO_FDS(SYS_sendfile, fd_1, 3),
	TWO_FDS(SYS_copy_file_range, fd_2, 4),
	TWO_FDS(SYS_splice, fd_2, 4),
	TWO_FDS(SYS_tee, fd_1, 2),
	FD(SYS_vmsplice),
	FD(SYS_epoll_ctl),
	FD(SYS_epoll_pwait),
	MESSAGE(SYS_msgsnd),
	MESSAGE(SYS_msgrcv),
	SYSTEM_V(SYS_msgctl, ABOUT_ID, MSG),
	SYSTEM_V(SYS_semop, ABOUT_ID, SEM),
	SYSTEM_V(SYS_semtimedop, ABOUT_ID, SEM),
	SYSTEM_V(SYS_semctl, ABOUT_ID, SEM),
	SYSTEM_V(SYS_shmctl, ABOUT_ID, SHM),
	SYSTEM_V(SYS_shmat, ABOUT_ID, SHM),
	SYSTEM_V(SYS_msgget, ABOUT_KEY, MSG),
	SYSTEM_V(SYS_semget, ABOUT_KEY, SEM),
	SYSTEM_V(SYS_shmget, ABOUT_KEY, SHM),
	FD_AT(SYS_mmap, 4),
	ABOUT(SYS_futex, ABOUT_MEMORY),
#ifdef SYS_futex_wake
	ABOUT(SYS_futex_wake, ABOUT_MEMORY),
	ABOUT(SYS_futex_wait, ABOUT_MEMORY),
#endif
	ABOUT(SYS_munmap, ABOUT_MEMORY),
	ABOUT(SYS_mprotect, ABOUT_MEMORY),
	ABOUT(SYS_madvise, ABOUT_MEMORY),
	ABOUT(SYS_mremap, ABOUT_MEMORY),
	ABOUT(SYS_msync, ABOUT_MEMORY),
	ABOUT(SYS_shmdt, ABOUT_MEMORY),
	QUEUE_MESSAGE(SYS_mq_timedsend, true),
	QUEUE_MESSAGE(SYS_mq_timedreceive, false),
	QUEUE(SYS_mq_notify, 0, -1),
	QUEUE(SYS_mq_getsetattr, 0, -1),
	QUEUE(SYS_mq_open, -1, 0),
	QUEUE(SYS_mq_unlink, -1, 0),
};

static const struct shape about_descriptor = FD(-1);

static const struct shape unknown = {
	.number = -1, .fd = -1, .directory = -1, .path = -1, .address = -1, .size = -1,
};

/* AT_EMPTY_PATH is among the flags of these: then the directory is what the call is about. */
static const struct emptiable {
	int number;
	int flags;
} emptiable[] = {
	{ SYS_newfstatat, 3 }, { SYS_statx, 2 },    { SYS_fchownat, 4 },
	{ SYS_linkat, 4 },     { SYS_execveat, 4 },
};

int shape_empty_path_flags(int number)
{
	for (size_t i = 0; i < sizeof(emptiable) / sizeof(*emptiable); i++) {
		if (emptiable[i].number == number)
			return emptiable[i].flags;
	}
	return -1;
}

const struct shape *shape_of_descriptor(void)
{
	return &about_descriptor;
}

const struct shape *shape_find(int number)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		if (shapes[i].number == number)
			return &shapes[i];
	}
	return &unknown;
}
