// SPDX-License-Identifier: MIT
/* The table of limits that scenarios reckon with, and how each is read. */
#include "platform_footing.h"

#include <errno.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "glob.h"
#include "platform_try.h"
#include "process.h"

/* A setting under /proc/sys; a value beyond int64_t is as good as no limit. */
static int look_setting(const struct footing *footing, int64_t *number)
{
	char path[100] = "/proc/sys/";
	unsigned long long column = 0;
	size_t length = strlen(path);
	int err = 0;
	FILE *file;

	for (const char *at = footing->name; *at; at++)
		path[length++] = *at == '.' ? '/' : *at;
	file = fopen(path, "re");
	if (!file)
		return -errno;
	for (int i = 0; i <= footing->detail && !err; i++)
		err = fscanf(file, "%llu", &column) == 1 ? 0 : -EINVAL;
	fclose(file);
	*number = column > INT64_MAX ? INT64_MAX : (int64_t)column;
	return err;
}

static int look_resource(const struct footing *footing, int64_t *number)
{
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)footing->detail, &limit))
		return -errno;
	*number = limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
	return 0;
}

/* 1 if the interface is up. */
static int look_interface(const struct footing *footing, int64_t *number)
{
	struct ifreq request = { 0 };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0)
		return -errno;
	memcpy(request.ifr_name, footing->name, strlen(footing->name));
	err = ioctl(fd, SIOCGIFFLAGS, &request) ? -errno : 0;
	close(fd);
	*number = (request.ifr_flags & IFF_UP) != 0;
	return err;
}

static int look_proc(const struct footing *footing, int64_t *number)
{
	(void)footing;
	*number = process_has_proc();
	return 0;
}

/* 1 unless the settings cannot be written for anybody, as in many containers. */
static int look_settings(const struct footing *footing, int64_t *number)
{
	(void)footing;
	*number = !access("/proc/sys/kernel/msgmax", W_OK) || errno != EROFS;
	return 0;
}

/* The lowest of a cgroup and of those that it is in; without a limit the file says "max". */
static void look_tasks_below(const char *mount, char *path, int64_t *number)
{
	char *end = path + strlen(path);

	while (end) {
		char name[300];
		unsigned long long tasks;
		FILE *file;

		*end = '\0';
		snprintf(name, sizeof(name), "%s%s/pids.max", mount, path);
		file = fopen(name, "re");
		if (file && fscanf(file, "%llu", &tasks) == 1 && (int64_t)tasks < *number)
			*number = (int64_t)tasks;
		if (file)
			fclose(file);
		end = strrchr(path, '/');
	}
}

/* Where distributions and containers have their cgroups; what is not seen there is no limit. */
static int look_tasks(const struct footing *footing, int64_t *number)
{
	FILE *groups = fopen("/proc/self/cgroup", "re");
	char line[300], *path;

	(void)footing;
	if (!groups)
		return -errno;
	*number = INT64_MAX;
	while (fgets(line, sizeof(line), groups)) {
		line[strcspn(line, "\n")] = '\0';
		path = strstr(line, ":pids:");
		if (path)
			look_tasks_below("/sys/fs/cgroup/pids", path + strlen(":pids:"), number);
		else if (!strncmp(line, "0::", 3))
			look_tasks_below("/sys/fs/cgroup", line + 3, number);
	}
	fclose(groups);
	return 0;
}

/* The directory's: bytes (detail 0) or files (1) that may still be made. */
static int look_room_in(const char *directory, int detail, int64_t *number)
{
	struct statvfs room;

	if (statvfs(directory, &room))
		return -errno;
	/* Some file systems do not count files. */
	if (detail && !room.f_files)
		return -ENOTSUP;
	*number = (int64_t)(detail ? room.f_favail : room.f_bavail * room.f_frsize);
	return 0;
}

static int look_room(const struct footing *footing, int64_t *number)
{
	return look_room_in(".", footing->detail, number);
}

static int look_shared_room(const struct footing *footing, int64_t *number)
{
	return look_room_in("/dev/shm", footing->detail, number);
}

/* 1 if files of the working directory may be executed. */
static int look_executable(const struct footing *footing, int64_t *number)
{
	struct statvfs place;

	(void)footing;
	if (statvfs(".", &place))
		return -errno;
	*number = !(place.f_flag & ST_NOEXEC);
	return 0;
}

static void stop_idling(struct attempt *attempt)
{
	const struct sched_param none = { 0 };

	attempt->error = sched_setscheduler(0, SCHED_BATCH, &none) ? errno : 0;
}

/* 0 for who is idle and may not become anything else (sched(7)). */
static int look_policy(const struct footing *footing, int64_t *number)
{
	struct attempt attempt = { 0 };

	(void)footing;
	if (sched_getscheduler(0) == SCHED_IDLE)
		platform_try(stop_idling, &attempt);
	*number = attempt.error != EPERM;
	return 0;
}

static void *nothing(void *argument)
{
	return argument;
}

static void make_thread(struct attempt *attempt)
{
	pthread_t thread;

	attempt->error = pthread_create(&thread, NULL, nothing, NULL);
}

/*
 * 0 where clone3(2) is forbidden, as by old container runtimes: for ENOSYS the C library would fall
 * back to clone(2), not for EPERM.
 */
static int look_threads(const struct footing *footing, int64_t *number)
{
	struct attempt attempt;

	(void)footing;
	platform_try(make_thread, &attempt);
	*number = attempt.error != EPERM;
	return 0;
}

#define SETTING(name, least, man, ...) \
	{ name, least, man, { __VA_ARGS__ }, look_setting, false, 0, 0 }
#define COLUMN(name, column, least, ...) \
	{ name, least, "proc_sys_kernel(5)", { __VA_ARGS__ }, look_setting, false, 0, column }
#define RESOURCE(name, least, error, ...) \
	{ #name, least, "getrlimit(2)", { __VA_ARGS__ }, look_resource, false, error, name }

#define MESSAGES "sysv_msg", "msg???"
#define SEMAPHORES "sysv_sem", "semget", "semctl", "semop", "semtimedop"
#define SEGMENTS "sysv_shm", "shmget"
#define QUEUES "posix_mq", "mq_*"
#define THREADS "start_thread", "mq_notify"
#define NAMES_IN_MEMORY "posix_shm", "shm_open", "posix_sem", "sem_open"

static const struct footing footings[] = {
	{ "/proc of these processes", 1, "proc(5)", { "*" }, look_proc, false, 0, 0 },
	{ "/proc/sys for writing", 1, "proc_sys(5)", { "open" }, look_settings, false, EROFS, 0 },
	SETTING("kernel.msgmni", 128, "proc_sys_kernel(5)", MESSAGES),
	SETTING("kernel.msgmax", 8192, "proc_sys_kernel(5)", MESSAGES),
	SETTING("kernel.msgmnb", 16384, "proc_sys_kernel(5)", MESSAGES),
	COLUMN("kernel.sem", 0, 250, SEMAPHORES),
	COLUMN("kernel.sem", 1, 32000, SEMAPHORES),
	COLUMN("kernel.sem", 2, 32, SEMAPHORES),
	COLUMN("kernel.sem", 3, 128, SEMAPHORES),
	SETTING("kernel.shmmni", 128, "proc_sys_kernel(5)", SEGMENTS),
	SETTING("kernel.shmmax", 33554432, "proc_sys_kernel(5)", SEGMENTS),
	SETTING("kernel.shmall", 8192, "proc_sys_kernel(5)", SEGMENTS),
	SETTING("fs.mqueue.queues_max", 256, "mq_overview(7)", QUEUES),
	SETTING("fs.mqueue.msg_max", 10, "mq_overview(7)", QUEUES),
	SETTING("fs.mqueue.msgsize_max", 8192, "mq_overview(7)", QUEUES),
	{ "threads", 1, "clone(2)", { THREADS }, look_threads, false, 0, 0 },
	{ "choice of policy", 1, "sched(7)", { "sched_setscheduler" }, look_policy, false, EPERM, 0 },
	{ "lo", 1, "netdevice(7)", { "tcp", "udp", "socket" }, look_interface, true, 0, 0 },
	{ "space below TMPDIR", 1 << 24, "write(2)", { "*" }, look_room, false, ENOSPC, 0 },
	{ "space below TMPDIR", 1 << 20, "mmap(2)", { "mapping" }, look_room, false, 0, 0 },
	{ "space in /dev/shm", 1 << 20, "shm_overview(7)", { NAMES_IN_MEMORY }, look_shared_room,
	  false, 0, 0 },
	{ "files in /dev/shm", 64, "shm_overview(7)", { NAMES_IN_MEMORY }, look_shared_room,
	  false, ENOSPC, 1 },
	{ "files below TMPDIR", 256, "open(2)", { "*" }, look_room, false, ENOSPC, 1 },
	{ "execution below TMPDIR", 1, "mount(8)", { "exec*" }, look_executable, false, EACCES, 0 },
	RESOURCE(RLIMIT_MSGQUEUE, 819200, 0, QUEUES, "*rlimit"),
	RESOURCE(RLIMIT_MEMLOCK, 65536, 0, "shmctl", "mlock*", "mmap", "*rlimit"),
	RESOURCE(RLIMIT_SIGPENDING, 1024, 0, "*sig*", "timer_create", "fcntl", "*kill", "*rlimit"),
	RESOURCE(RLIMIT_DATA, 1 << 28, 0, THREADS, "mmap", "*rlimit"),
	RESOURCE(RLIMIT_DATA, 1 << 24, 0, "*"),
	RESOURCE(RLIMIT_AS, 1 << 28, 0, THREADS, "mmap", "*rlimit"),
	RESOURCE(RLIMIT_AS, 1 << 26, 0, "*"),
	RESOURCE(RLIMIT_CPU, 60, 0, "*"),
	RESOURCE(RLIMIT_FSIZE, 1 << 24, 0, "file", "*write*", "*truncate", "sendfile", "sem_open",
		 "*rlimit"),
	RESOURCE(RLIMIT_FSIZE, 1 << 24, EFBIG, "*"),
	RESOURCE(RLIMIT_NOFILE, 1024, 0, "*rlimit", "dup2", "dup3"),
	RESOURCE(RLIMIT_NOFILE, 1024, EINVAL, "fcntl"),
	RESOURCE(RLIMIT_NOFILE, 1024, EMFILE, "*"),
	RESOURCE(RLIMIT_NPROC, 256, 0, THREADS, "fork"),
	RESOURCE(RLIMIT_NPROC, 256, EAGAIN, "*"),
	{ "pids.max", 256, "cgroups(7)", { THREADS, "fork" }, look_tasks, false, 0, 0 },
	{ "pids.max", 256, "cgroups(7)", { "*" }, look_tasks, false, EAGAIN, 0 },
	RESOURCE(RLIMIT_STACK, 1 << 20, 0, "*rlimit"),
	RESOURCE(RLIMIT_STACK, 1 << 18, 0, "*"),
};

_Static_assert(sizeof(footings) / sizeof(*footings) <= FOOTINGS_MAX, "FOOTINGS_MAX is too low");

const struct footing *footing_all(size_t *count)
{
	*count = sizeof(footings) / sizeof(*footings);
	return footings;
}

bool footing_lacks(const struct footing *footing, int64_t *number)
{
	return !footing->look(footing, number) && *number < footing->least;
}

bool footing_serves(const struct footing *footing, const char *user)
{
	for (size_t i = 0; i < FOOTING_USERS_MAX && footing->users[i]; i++) {
		if (glob_matches(footing->users[i], user))
			return true;
	}
	return false;
}
