// SPDX-License-Identifier: MIT
/* What a shell would say about a program, and what it loses under a filter. */
#include "inject_program.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "option.h"
#include "program.h"

static int status_of(int err)
{
	return err == -ENOENT || err == -ENOTDIR || err == -ENAMETOOLONG ? PROGRAM_MISSING
									 : PROGRAM_NOT_EXECUTABLE;
}

int inject_program_find(struct inject_program *program, char *const *argv, const char *command)
{
	static const char *const here[] = { ".", NULL };
	const struct program wanted = { .name = argv[0], .directories = here };
	char reason[PATH_MAX + 100], privilege[100];
	int err = -ENOENT;

	program->argv = argv;
	snprintf(reason, sizeof(reason), "its name is empty");
	if (*argv[0])
		err = program_find(&wanted, program->path, sizeof(program->path), reason,
				   sizeof(reason));
	if (err == -ENOENT && strchr(argv[0], '/'))
		snprintf(reason, sizeof(reason), "there is no %s", argv[0]);
	if (err) {
		complain(command, "cannot run the program: %s", reason);
		return status_of(err);
	}
	/* Scripts are told the path, and should be told the one that was given. */
	if (strchr(argv[0], '/'))
		snprintf(program->path, sizeof(program->path), "%s", argv[0]);
	if (geteuid() && program_privilege(program->path, privilege, sizeof(privilege)))
		complain(command, "note: %s is %s: its privileges are gone, it runs without them",
			 program->path, privilege);
	return 0;
}

int inject_program_explain(const struct inject_program *program, int error, const char *command)
{
	if (error == -ENOENT && access(program->path, F_OK))
		complain(command, "cannot run the program: %s is not there any more",
			 program->path);
	else if (error == -ENOENT)
		complain(command,
			 "cannot run the program: the interpreter that %s names is not there",
			 program->path);
	else
		complain(command, "cannot run the program: %s: %s", program->path,
			 strerror(-error));
	return status_of(error);
}
