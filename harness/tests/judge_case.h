/* SPDX-License-Identifier: MIT */
/* A plan, what is seen of it, and the verdict: the rows of the tables, and words to write them. */
#ifndef IPCDRILL_TEST_JUDGE_CASE_H
#define IPCDRILL_TEST_JUDGE_CASE_H

#include "story.h"

struct judge_case {
	const char *name;
	struct beat beats[STORY_STEPS];
	struct sighting seen[STORY_EVENTS];
	enum verdict_kind kind;
	int step; /* if not a pass */
	const char *reason;
	const char *wanted, *got, *also; /* NULL: not compared */
};

#define WRITE(...)                                                                      \
	{                                                                               \
		.text = "writer: write(c, \"x\") = 5", STEP_CALL, WRITER, &story_write, \
		__VA_ARGS__                                                             \
	}
#define WRITE_5 WRITE(WANT_ONE_OF, { NUMBER(5) })
#define READ(...)                                                                                \
	{                                                                                        \
		.text = "reader: read(c, 64) = ...", STEP_CALL, READER, &story_read, __VA_ARGS__ \
	}
#define READ_BLOCKS                                                                               \
	{                                                                                         \
		.text = "reader: read(c, 64) blocks", STEP_CALL, READER, &story_read, WANT_BLOCKS \
	}
#define RESUMES(...)                                                                     \
	{                                                                                \
		.text = "reader: resumes = ...", STEP_RESUMES, READER, NULL, __VA_ARGS__ \
	}
#define KILL_WRITER                                                                       \
	{                                                                                 \
		.text = "do kill writer, SIGKILL", .kind = STEP_KILL, .endpoint = WRITER, \
		.number = SIGKILL                                                         \
	}
#define AWAIT_KILLED(sig)                                                              \
	{                                                                              \
		.text = "await writer killed_by(" #sig ")", .kind = STEP_AWAIT_KILLED, \
		.endpoint = WRITER, .number = sig                                      \
	}
#define SLEEPS STEP, CALLS(READER), ASLEEP(READER, 0)

#endif
