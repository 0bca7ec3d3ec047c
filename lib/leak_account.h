/* SPDX-License-Identifier: MIT */
/* A text for a person: the first few of many things, and how many there were besides. */
#ifndef IPCDRILL_LEAK_ACCOUNT_H
#define IPCDRILL_LEAK_ACCOUNT_H

#include <stddef.h>

struct leak_account {
	char *text;
	size_t size;
	size_t used; /* more than there is room for, once it is cut off */
	int most; /* things that are named */
	int count;
};

/* The text is empty, if there is room for that. */
struct leak_account leak_account_open(char *text, size_t size, int most);
/* One thing more. */
__attribute__((format(printf, 2, 3)))
void leak_account_for(struct leak_account *account, const char *format, ...);
/* "a, b and 3 more". How many there were. */
int leak_account_close(struct leak_account *account);

#endif
