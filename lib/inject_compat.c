// SPDX-License-Identifier: MIT
/* One table for the other names, two for what is folded (linux/net.h, linux/ipc.h). */
#include "inject_compat.h"

#include <linux/audit.h>
#include <string.h>
#include <sys/syscall.h>

enum { I386_SOCKETCALL = 102, I386_IPC = 117, NET_SEND = 9, NET_RECV = 10, IPC_CALL = 0xffff };

/* Wider offsets, wider ids, wider times: the 64-bit call had them from the start. */
static const struct alias {
	const char *name;
	int number;
} aliases[] = {
	{ "send", SYS_sendto },
	{ "recv", SYS_recvfrom },
	{ "fcntl64", SYS_fcntl },
	{ "_llseek", SYS_lseek },
	{ "mmap2", SYS_mmap },
	{ "fstat64", SYS_fstat },
	{ "fstatat64", SYS_newfstatat },
	{ "statfs64", SYS_statfs },
	{ "fstatfs64", SYS_fstatfs },
	{ "truncate64", SYS_truncate },
	{ "ftruncate64", SYS_ftruncate },
	{ "sendfile64", SYS_sendfile },
	{ "fadvise64_64", SYS_fadvise64 },
	{ "ugetrlimit", SYS_getrlimit },
	{ "umount", SYS_umount2 },
	{ "waitpid", SYS_wait4 },
	{ "sigaction", SYS_rt_sigaction },
	{ "sigprocmask", SYS_rt_sigprocmask },
	{ "sigpending", SYS_rt_sigpending },
	{ "sigsuspend", SYS_rt_sigsuspend },
	{ "sigreturn", SYS_rt_sigreturn },
	{ "getuid32", SYS_getuid },
	{ "geteuid32", SYS_geteuid },
	{ "getgid32", SYS_getgid },
	{ "getegid32", SYS_getegid },
	{ "setuid32", SYS_setuid },
	{ "setgid32", SYS_setgid },
	{ "setreuid32", SYS_setreuid },
	{ "setregid32", SYS_setregid },
	{ "getresuid32", SYS_getresuid },
	{ "getresgid32", SYS_getresgid },
	{ "setresuid32", SYS_setresuid },
	{ "setresgid32", SYS_setresgid },
	{ "getgroups32", SYS_getgroups },
	{ "setgroups32", SYS_setgroups },
	{ "setfsuid32", SYS_setfsuid },
	{ "setfsgid32", SYS_setfsgid },
	{ "fchown32", SYS_fchown },
	{ "clock_gettime64", SYS_clock_gettime },
	{ "clock_settime64", SYS_clock_settime },
	{ "clock_getres_time64", SYS_clock_getres },
	{ "clock_adjtime64", SYS_clock_adjtime },
	{ "clock_nanosleep_time64", SYS_clock_nanosleep },
	{ "timer_gettime64", SYS_timer_gettime },
	{ "timer_settime64", SYS_timer_settime },
	{ "timerfd_gettime64", SYS_timerfd_gettime },
	{ "timerfd_settime64", SYS_timerfd_settime },
	{ "utimensat_time64", SYS_utimensat },
	{ "pselect6_time64", SYS_pselect6 },
	{ "ppoll_time64", SYS_ppoll },
	{ "recvmmsg_time64", SYS_recvmmsg },
	{ "mq_timedsend_time64", SYS_mq_timedsend },
	{ "mq_timedreceive_time64", SYS_mq_timedreceive },
	{ "semtimedop_time64", SYS_semtimedop },
	{ "rt_sigtimedwait_time64", SYS_rt_sigtimedwait },
	{ "futex_time64", SYS_futex },
	{ "sched_rr_get_interval_time64", SYS_sched_rr_get_interval },
#ifdef SYS_io_pgetevents
	{ "io_pgetevents_time64", SYS_io_pgetevents },
#endif
#ifdef SYS_open
	{ "_newselect", SYS_select },
	{ "stat64", SYS_stat },
	{ "lstat64", SYS_lstat },
	{ "chown32", SYS_chown },
	{ "lchown32", SYS_lchown },
#endif
};

int compat_number(const char *name)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++) {
		if (!strcmp(aliases[i].name, name))
			return aliases[i].number;
	}
	return -1;
}

const char *compat_name(int number, size_t index)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++) {
		if (aliases[i].number == number && !index--)
			return aliases[i].name;
	}
	return NULL;
}

/* By the first argument; its others lie in an array that the second points at. */
static const int socket_calls[] = {
	-1,
	SYS_socket,
	SYS_bind,
	SYS_connect,
	SYS_listen,
	SYS_accept,
	SYS_getsockname,
	SYS_getpeername,
	SYS_socketpair,
	SYS_sendto,
	SYS_recvfrom,
	SYS_sendto,
	SYS_recvfrom,
	SYS_shutdown,
	SYS_setsockopt,
	SYS_getsockopt,
	SYS_sendmsg,
	SYS_recvmsg,
	SYS_accept4,
	SYS_recvmmsg,
	SYS_sendmmsg,
};

static void unfold_socketcall(struct hit *hit)
{
	const uint64_t which = hit->args[0];
	uint32_t args[6] = { 0 };

	if (which >= sizeof(socket_calls) / sizeof(*socket_calls))
		return;
	/* Not every call has six; what is read too much of their memory is not used. */
	for (size_t count = 6; count && hit_read(hit, hit->args[1], args, count * sizeof(*args));
	     count--)
		;
	if (which == NET_SEND || which == NET_RECV)
		args[4] = args[5] = 0;
	hit->number = socket_calls[which];
	for (int i = 0; i < 6; i++)
		hit->args[i] = args[i];
}

/*
 * By the first argument; where the others of the call itself stand among those of ipc(2), which end
 * with 0.
 */
static const struct folded {
	uint64_t which;
	int number;
	int positions[5];
} ipc_calls[] = {
	{ 1, SYS_semop, { 1, 4, 2 } },		{ 2, SYS_semget, { 1, 2, 3 } },
	{ 3, SYS_semctl, { 1, 2, 3, 4 } },	{ 4, SYS_semtimedop, { 1, 4, 2, 5 } },
	{ 11, SYS_msgsnd, { 1, 4, 2, 3 } },	{ 12, SYS_msgrcv, { 1, 4, 2, 5, 3 } },
	{ 13, SYS_msgget, { 1, 2 } },		{ 14, SYS_msgctl, { 1, 2, 4 } },
	{ 21, SYS_shmat, { 1, 4, 2 } },		{ 22, SYS_shmdt, { 4 } },
	{ 23, SYS_shmget, { 1, 2, 3 } },	{ 24, SYS_shmctl, { 1, 2, 4 } },
};

static void unfold_ipc(struct hit *hit)
{
	uint64_t args[6];

	memcpy(args, hit->args, sizeof(args));
	for (size_t i = 0; i < sizeof(ipc_calls) / sizeof(*ipc_calls); i++) {
		const struct folded *call = &ipc_calls[i];

		if ((args[0] & IPC_CALL) != call->which)
			continue;
		hit->number = call->number;
		memset(hit->args, 0, sizeof(hit->args));
		for (int p = 0; p < 5 && call->positions[p]; p++)
			hit->args[p] = args[call->positions[p]];
		return;
	}
}

void compat_unfold(struct hit *hit, int own_number)
{
	if (hit->arch != AUDIT_ARCH_I386)
		return;
	if (own_number == I386_SOCKETCALL)
		unfold_socketcall(hit);
	else if (own_number == I386_IPC)
		unfold_ipc(hit);
}
