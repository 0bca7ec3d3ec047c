// SPDX-License-Identifier: MIT
/* Writes as much as fits, and counts on. */
#include "leak_account.h"

#include <stdarg.h>
#include <stdio.h>

struct leak_account leak_account_open(char *text, size_t size, int most)
{
	if (size)
		text[0] = '\0';
	return (struct leak_account){ .text = text, .size = size, .most = most };
}

__attribute__((format(printf, 2, 0)))
static void say(struct leak_account *account, const char *format, va_list arguments)
{
	int length;

	if (account->used >= account->size)
		return;
	length = vsnprintf(account->text + account->used, account->size - account->used, format,
			   arguments);
	if (length > 0)
		account->used += (size_t)length;
}

__attribute__((format(printf, 2, 3)))
static void add(struct leak_account *account, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(account, format, arguments);
	va_end(arguments);
}

void leak_account_for(struct leak_account *account, const char *format, ...)
{
	va_list arguments;

	if (account->count++ >= account->most)
		return;
	if (account->used)
		add(account, ", ");
	va_start(arguments, format);
	say(account, format, arguments);
	va_end(arguments);
}

int leak_account_close(struct leak_account *account)
{
	if (account->count > account->most)
		add(account, " and %d more", account->count - account->most);
	return account->count;
}
