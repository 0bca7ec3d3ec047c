// SPDX-License-Identifier: MIT
/* After loopback_drain() nothing is under way any more. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "checks.h"
#include "leak.h"
#include "loopback.h"

enum { ROUNDS = 2000 };

static int udp_socket(struct sockaddr_in *address)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = sizeof(*address);

	*address = (struct sockaddr_in){ .sin_family = AF_INET,
					 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)address, size), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)address, &size), 0);
	return fd;
}

START_TEST(test_what_was_sent_has_arrived)
{
	int fd_before = leak_lowest_fd();
	struct sockaddr_in address;
	struct loopback loopback;
	int fd = udp_socket(&address);
	char byte = 0;

	loopback_init(&loopback);
	loopback_open(&loopback);
	loopback_open(&loopback);
	ck_assert_int_ge(loopback.fd, 0);
	for (int i = 0; i < ROUNDS; i++) {
		ck_assert_int_eq(
			sendto(fd, &byte, 1, 0, (struct sockaddr *)&address, sizeof(address)), 1);
		loopback_drain(&loopback);
		ck_assert_int_eq(recv(fd, &byte, 1, MSG_DONTWAIT), 1);
		ck_assert_int_eq(recv(loopback.fd, &byte, 1, MSG_DONTWAIT), -1);
	}
	loopback_close(&loopback);
	loopback_drain(&loopback);
	close(fd);
	ck_assert_int_eq(leak_lowest_fd(), fd_before);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_what_was_sent_has_arrived);
}

int main(void)
{
	return checks_run_case("loopback", fill);
}
