// SPDX-License-Identifier: MIT
/* Names of errors, signals and flags: tables of data, an index by name, printing by class. */
#include "symbols.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/futex.h>
#include <linux/memfd.h>
#include <linux/sockios.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* What F_GETFL reports of anything opened by name; 64-bit C libraries define O_LARGEFILE as 0. */
#if defined(__arm__) || defined(__aarch64__)
#define KERNEL_O_LARGEFILE 0400000
#elif defined(__powerpc__)
#define KERNEL_O_LARGEFILE 0200000
#else
#define KERNEL_O_LARGEFILE 0100000
#endif

/* Since Linux 6.3; headers may be older. */
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC 0x0020
#endif
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#define MFD_EXEC        0x0010U
#endif

static struct symbol table[] = {
#include "symbols_table.h"
#include "symbols_table_plain.h"
};

#define TABLE_COUNT (sizeof(table) / sizeof(table[0]))

/* How the numbers of a class print, beyond a single name for each. */
struct class_form {
	bool bits;		/* names are joined */
	bool plain;		/* numbers stay numbers */
	int64_t choice;		/* of bits: the part that is one choice of several */
};

static const struct class_form forms[] = {
	[SYMBOL_PLAIN]    = { .plain = true },
	[SYMBOL_OPEN]     = { .bits = true, .choice = O_ACCMODE },
	[SYMBOL_MODE]     = { .bits = true, .choice = S_IFMT },
	[SYMBOL_FD]       = { .bits = true },
	[SYMBOL_POLL]     = { .bits = true },
	[SYMBOL_EPOLL]    = { .bits = true },
	[SYMBOL_SOCKET]   = { .bits = true, .choice = 0xf },
	[SYMBOL_MSG]      = { .bits = true },
	[SYMBOL_SA]       = { .bits = true },
	[SYMBOL_WAIT]     = { .bits = true },
	[SYMBOL_RENAME]   = { .bits = true },
	[SYMBOL_INOTIFY]  = { .bits = true },
	[SYMBOL_MISC]     = { .plain = true },
};

/* Positions in the table in the order of names; filled at the first search. */
static const struct symbol *by_name[TABLE_COUNT];

static int compare_names(const void *a, const void *b)
{
	const struct symbol *const *left = a;
	const struct symbol *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

/* Fills in what only the running C library knows, and the index. Doing it twice does no harm. */
static void table_prepare(void)
{
	if (by_name[0])
		return;
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		if (!strcmp(table[i].name, "SIGRTMIN"))
			table[i].number = SIGRTMIN;
		if (!strcmp(table[i].name, "SIGRTMAX"))
			table[i].number = SIGRTMAX;
		by_name[i] = &table[i];
	}
	qsort(by_name, TABLE_COUNT, sizeof(by_name[0]), compare_names);
}

const struct symbol *symbol_find(const char *name)
{
	const struct symbol key = { .name = name };
	const struct symbol *wanted = &key;
	const struct symbol **found;

	table_prepare();
	found = bsearch(&wanted, by_name, TABLE_COUNT, sizeof(by_name[0]), compare_names);
	return found ? *found : NULL;
}

const char *symbol_name(enum symbol_class class, int64_t number)
{
	table_prepare();
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (table[i].class == class && table[i].number == number)
			return table[i].name;
	return NULL;
}

const struct symbol *symbol_all(size_t *count)
{
	table_prepare();
	*count = TABLE_COUNT;
	return table;
}

/* Names of bits joined by " | ", the nameless rest in hexadecimal; permissions stay octal. */
static void print_bits(FILE *out, enum symbol_class class, const struct class_form *form,
		       int64_t number)
{
	int64_t left = number & ~form->choice;
	const char *name = symbol_name(class, number & form->choice);
	const char *joint = "";

	if (name && (number & form->choice || !left || class == SYMBOL_OPEN)) {
		fputs(name, out);
		joint = " | ";
	} else {
		left = number;
	}
	if (class == SYMBOL_MODE) {
		if (left || !*joint)
			fprintf(out, "%s%#" PRIo64, joint, left);
		return;
	}
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		int64_t bits = table[i].number;

		if (table[i].class != class || !(bits & ~form->choice) || (left & bits) != bits)
			continue;
		fprintf(out, "%s%s", joint, table[i].name);
		joint = " | ";
		left &= ~bits;
	}
	if (left)
		fprintf(out, "%s0x%" PRIx64, joint, left);
	else if (!*joint)
		fputc('0', out);
}

/* A real-time signal has no name but its distance from the first. */
static bool print_realtime(FILE *out, int64_t number)
{
	if (number <= SIGRTMIN || number >= SIGRTMAX)
		return false;
	fprintf(out, "SIGRTMIN + %" PRId64, number - SIGRTMIN);
	return true;
}

/* The same positive si_code means different things for different signals: says all of them. */
static bool print_codes(FILE *out, int64_t number)
{
	const char *joint = "";

	for (size_t i = 0; i < TABLE_COUNT; i++) {
		if (table[i].class != SYMBOL_SI || table[i].number != number)
			continue;
		fprintf(out, "%s%s", joint, table[i].name);
		joint = "/";
	}
	return *joint;
}

void symbol_print(FILE *out, enum symbol_class class, int64_t number)
{
	static const struct class_form one_name;
	const size_t known = sizeof(forms) / sizeof(forms[0]);
	const struct class_form *form = class < known ? &forms[class] : &one_name;
	const char *name = NULL;

	table_prepare();
	if (form->bits && number >= 0) {
		print_bits(out, class, form, number);
		return;
	}
	if (class == SYMBOL_SIGNAL && print_realtime(out, number))
		return;
	if (class == SYMBOL_SI && print_codes(out, number))
		return;
	if (class == SYMBOL_LIMIT ? number == (int64_t)RLIM_INFINITY : !form->plain && !form->bits)
		name = symbol_name(class, number);
	if (name)
		fputs(name, out);
	else
		fprintf(out, "%" PRId64, number);
}
