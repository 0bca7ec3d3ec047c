// SPDX-License-Identifier: MIT
/* Identity, mounts and network of a new sandbox. */
#include "sandbox_mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

int sandbox_map_user(uid_t uid, gid_t gid)
{
	char map[40];
	int err;

	/*
	 * Without privilege a gid can only be mapped once setgroups(2) is given up
	 * (user_namespaces(7)).
	 */
	err = write_file("/proc/self/setgroups", "deny");
	if (err && err != -ENOENT)
		return err;
	snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	err = write_file("/proc/self/uid_map", map);
	if (err)
		return err;
	snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	return write_file("/proc/self/gid_map", map);
}

int sandbox_raise_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err = 0;

	if (fd < 0)
		return errno == EAFNOSUPPORT ? 0 : -errno;
	if (ioctl(fd, SIOCGIFFLAGS, &request))
		err = -errno;
	request.ifr_flags = (short)(request.ifr_flags | IFF_UP);
	if (!err && ioctl(fd, SIOCSIFFLAGS, &request))
		err = -errno;
	close(fd);
	return err;
}

/*
 * The file system of POSIX queues, beside the directory to work in; none where the kernel has no
 * such queues.
 */
static void mount_queues(void)
{
	if (mkdir("mqueue", 0755))
		return;
	if (mount("ipcdrill", "mqueue", "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		rmdir("mqueue");
}

/*
 * Nothing is left on the machine: the directory lies in a tmpfs that only this mount namespace
 * sees. What stands beside it stands in a directory of its own as well, for the tmpfs may be where
 * everybody looks for shared memory. Where there is no such place, it lies where the kernel keeps
 * an empty directory in every /proc: anywhere else it could hide programs.
 */
static int mount_directory(void)
{
	static const char *const places[] = { "/dev/shm", "/proc/fs/nfsd" };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		if (mount("ipcdrill", places[i], "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777"))
			continue;
		if (chdir(places[i]) || mkdir("ipcdrill", 0755) || chdir("ipcdrill"))
			return -errno;
		mount_queues();
		if (mkdir("ipcdrill", 0755) || chdir("ipcdrill"))
			return -errno;
		return 0;
	}
	return -errno;
}

int sandbox_mount(const char **step)
{
	*step = "cannot keep mounts to itself";
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	*step = "cannot mount its own /proc";
	if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		return -errno;
	*step = "cannot mount a tmpfs to work in";
	return mount_directory();
}

int sandbox_watch_mounts(void)
{
	return open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
}

/* As proc_pid_mountinfo(5) has it: the change is an exception of the file. */
bool sandbox_has_other_mounts(int watch_fd)
{
	struct pollfd change = { .fd = watch_fd, .events = POLLPRI };

	return watch_fd >= 0 && poll(&change, 1, 0) == 1 && change.revents & POLLPRI;
}
