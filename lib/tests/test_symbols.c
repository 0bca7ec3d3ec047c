// SPDX-License-Identifier: MIT
/* Symbols: names to numbers, numbers to names, flags as names joined. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "checks.h"
#include "symbols.h"

static void check_printed(enum symbol_class class, int64_t number, const char *want)
{
	char *got = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&got, &size);

	symbol_print(out, class, number);
	fclose(out);
	ck_assert_str_eq(got, want);
	free(got);
}

static int64_t number_of(const char *name)
{
	const struct symbol *symbol = symbol_find(name);

	ck_assert_msg(symbol != NULL, "%s is unknown", name);
	return symbol->number;
}

START_TEST(test_names_have_their_numbers)
{
	ck_assert_int_eq(number_of("EPIPE"), EPIPE);
	ck_assert_int_eq(number_of("EWOULDBLOCK"), EAGAIN);
	ck_assert_int_eq(number_of("SIGUSR1"), SIGUSR1);
	ck_assert_int_eq(number_of("SIGRTMIN"), SIGRTMIN);
	ck_assert_int_eq(number_of("SIGRTMAX"), SIGRTMAX);
	ck_assert_int_eq(number_of("F_SETPIPE_SZ"), F_SETPIPE_SZ);
	ck_assert_int_eq(number_of("EPOLLET"), INT64_C(0x80000000));
	ck_assert_int_eq(number_of("RLIM_INFINITY"), -1);
	ck_assert_int_eq(number_of("AT_FDCWD"), -100);
	ck_assert_int_eq(number_of("PIPE_BUF"), 4096);
	ck_assert_int_eq(number_of("handler"), 2);
	/*
	 * Not 0, as <fcntl.h> has it: the kernel reports it, so scenarios must be able to say it.
	 */
	ck_assert_int_ne(number_of("O_LARGEFILE"), 0);
}
END_TEST

START_TEST(test_unknown_names_are_unknown)
{
	ck_assert_ptr_null(symbol_find("ENOSUCHNAME"));
	ck_assert_ptr_null(symbol_find(""));
	ck_assert_ptr_null(symbol_find("eperm"));
}
END_TEST

START_TEST(test_every_symbol_is_found_and_no_name_is_double)
{
	size_t count;
	const struct symbol *all = symbol_all(&count);

	ck_assert_uint_gt(count, 400);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(symbol_find(all[i].name) == &all[i], "%s is there twice",
			      all[i].name);
}
END_TEST

START_TEST(test_the_usual_name_prints)
{
	ck_assert_str_eq(symbol_name(SYMBOL_ERRNO, EAGAIN), "EAGAIN");
	ck_assert_str_eq(symbol_name(SYMBOL_SIGNAL, SIGCHLD), "SIGCHLD");
	ck_assert_str_eq(symbol_name(SYMBOL_FAMILY, AF_UNIX), "AF_UNIX");
	ck_assert_ptr_null(symbol_name(SYMBOL_ERRNO, 4095));
	ck_assert_ptr_null(symbol_name(SYMBOL_SIGNAL, EPIPE * 100));
}
END_TEST

/* Every errno that the C library can name must be known, or a result would print as a number. */
START_TEST(test_no_error_is_missing)
{
	for (int error = 1; error < 134; error++) {
		const char *name = strerrorname_np(error);

		if (name)
			ck_assert_msg(symbol_name(SYMBOL_ERRNO, error) != NULL, "%s is missing",
				      name);
	}
}
END_TEST

START_TEST(test_single_names_and_numbers_without_one)
{
	check_printed(SYMBOL_PLAIN, 11, "11");
	check_printed(SYMBOL_ERRNO, ENXIO, "ENXIO");
	check_printed(SYMBOL_ERRNO, 4095, "4095");
	check_printed(SYMBOL_SHUT, SHUT_RDWR, "SHUT_RDWR");
	check_printed(SYMBOL_FCNTL, F_GETPIPE_SZ, "F_GETPIPE_SZ");
	check_printed(SYMBOL_DISPOSITION, 0, "SIG_DFL");
	check_printed(SYMBOL_SIGNAL, 0, "0");
	check_printed(SYMBOL_LIMIT, 4096, "4096");
	check_printed(SYMBOL_LIMIT, -1, "RLIM_INFINITY");
	check_printed(SYMBOL_MISC, 1, "1");
}
END_TEST

START_TEST(test_flags_are_joined)
{
	check_printed(SYMBOL_OPEN, 0, "O_RDONLY");
	check_printed(SYMBOL_OPEN, O_NONBLOCK, "O_RDONLY | O_NONBLOCK");
	check_printed(SYMBOL_OPEN, O_WRONLY | O_CREAT | O_EXCL, "O_WRONLY | O_CREAT | O_EXCL");
	check_printed(SYMBOL_OPEN, O_RDWR | O_SYNC, "O_RDWR | O_SYNC");
	check_printed(SYMBOL_OPEN, O_RDWR | O_DSYNC, "O_RDWR | O_DSYNC");
	check_printed(SYMBOL_POLL, 0, "0");
	check_printed(SYMBOL_EPOLL, EPOLLIN | (int64_t)EPOLLET, "EPOLLIN | EPOLLET");
	check_printed(SYMBOL_MSG, MSG_TRUNC | MSG_CTRUNC, "MSG_CTRUNC | MSG_TRUNC");
	check_printed(SYMBOL_MSG, MSG_PEEK | 0x800000, "MSG_PEEK | 0x800000");
	check_printed(SYMBOL_MSG, -1, "-1");
	check_printed(SYMBOL_SOCKET, SOCK_STREAM | SOCK_CLOEXEC, "SOCK_STREAM | SOCK_CLOEXEC");
	check_printed(SYMBOL_SOCKET, SOCK_NONBLOCK, "SOCK_NONBLOCK");
	check_printed(SYMBOL_SOCKET, 7 | SOCK_NONBLOCK, "SOCK_NONBLOCK | 0x7");
	check_printed(SYMBOL_FD, 1, "FD_CLOEXEC");
}
END_TEST

START_TEST(test_modes_are_type_and_octal)
{
	check_printed(SYMBOL_MODE, S_IFIFO | 0644, "S_IFIFO | 0644");
	check_printed(SYMBOL_MODE, 04755, "04755");
	check_printed(SYMBOL_MODE, S_IFSOCK, "S_IFSOCK");
	check_printed(SYMBOL_MODE, 0, "0");
}
END_TEST

START_TEST(test_realtime_signals_count_from_the_first)
{
	check_printed(SYMBOL_SIGNAL, SIGRTMIN, "SIGRTMIN");
	check_printed(SYMBOL_SIGNAL, SIGRTMIN + 3, "SIGRTMIN + 3");
	check_printed(SYMBOL_SIGNAL, SIGRTMAX, "SIGRTMAX");
	check_printed(SYMBOL_SIGNAL, SIGRTMAX + 1, "65");
}
END_TEST

/* 1 is POLL_IN for SIGIO and CLD_EXITED for SIGCHLD: printing only one would mislead. */
START_TEST(test_ambiguous_codes_say_so)
{
	check_printed(SYMBOL_SI, SI_QUEUE, "SI_QUEUE");
	check_printed(SYMBOL_SI, 0, "SI_USER");
	check_printed(SYMBOL_SI, POLL_IN, "POLL_IN/CLD_EXITED");
	check_printed(SYMBOL_SI, 77, "77");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_names_have_their_numbers);
	tcase_add_test(tcase, test_unknown_names_are_unknown);
	tcase_add_test(tcase, test_every_symbol_is_found_and_no_name_is_double);
	tcase_add_test(tcase, test_the_usual_name_prints);
	tcase_add_test(tcase, test_no_error_is_missing);
	tcase_add_test(tcase, test_single_names_and_numbers_without_one);
	tcase_add_test(tcase, test_flags_are_joined);
	tcase_add_test(tcase, test_modes_are_type_and_octal);
	tcase_add_test(tcase, test_realtime_signals_count_from_the_first);
	tcase_add_test(tcase, test_ambiguous_codes_say_so);
}

int main(void)
{
	return checks_run_case("symbols", fill);
}
