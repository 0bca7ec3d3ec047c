// SPDX-License-Identifier: MIT
/*
 * One round is four verdicts: a read from the empty pipe blocks; asked again, it still does; a
 * write lets it return; and a read and a write that are ordered together both return, whoever comes
 * first.
 */
#include "verdicts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "endpoint.h"
#include "measure.h"

enum { READER, WRITER, ENDPOINTS };
enum { READ, WRITE, ACTIONS };
enum { VERDICTS_A_ROUND = 4 };
#define LIMIT_NS INT64_C(20000000000)

static const struct operand read_end = { .kind = OPERAND_END, .index = 0, .side = SIDE_READ };
static const struct operand write_end = { .kind = OPERAND_END, .index = 0, .side = SIDE_WRITE };
static const struct operand room = { .value = { .kind = VALUE_INT, .number = 8 } };
static const struct operand byte = { .value = { .kind = VALUE_BYTES, .bytes = "x", .length = 1 } };
static const char *const names[ENDPOINTS] = { "reader", "writer" };
static const uint8_t held[ENDPOINTS] = { [READER] = 1 << SIDE_READ, [WRITER] = 1 << SIDE_WRITE };

struct bench {
	struct stage stage;
	struct cast cast;
	struct channel channel;
	struct action actions[ACTIONS];
	struct settle settle;
	struct verdicts *verdicts;
};

static struct action action_of(const char *call, const struct operand *end,
			       const struct operand *what)
{
	struct action action = {
		.call = call_find(call), .arguments = { end, what }, .bind = -1, .child = -1
	};

	if (!action.call)
		give_up(call);
	memset(action.bind_out, -1, sizeof(action.bind_out));
	return action;
}

static void saw(void *context, unsigned endpoint)
{
	(void)context;
	(void)endpoint;
}

static void settle_now(struct bench *bench)
{
	struct deadline deadline = deadline_in(LIMIT_NS);

	if (settle(&bench->settle, &bench->stage, -1, &deadline) == SETTLED_LATE)
		bench->verdicts->late++;
}

static void expect(struct bench *bench, enum endpoint_state reader)
{
	bench->verdicts->trials++;
	if (bench->stage.endpoints[READER].state != reader ||
	    bench->stage.endpoints[WRITER].state != ENDPOINT_READY)
		bench->verdicts->wrong++;
}

static void open_bench(struct bench *bench, enum settle_grade grade)
{
	bench->channel = (struct channel){
		.mechanism = mechanism_find("pipe"), .name = "c", .form = FORM_FROM_TO
	};
	bench->actions[READ] = action_of("read", &read_end, &room);
	bench->actions[WRITE] = action_of("write", &write_end, &byte);
	bench->settle = (struct settle){ .grade = grade, .completed = saw, .died = saw };
	bench->cast = (struct cast){
		.names = names,
		.endpoint_count = ENDPOINTS,
		.channels = &bench->channel,
		.channel_count = 1,
		.actions = bench->actions,
		.action_count = ACTIONS,
		.held = held,
	};
	bench->stage.cast = &bench->cast;
	if (!bench->channel.mechanism || (errno = -channel_create(&bench->channel)))
		give_up("pipe");
	if ((errno = -control_map(&bench->stage.control, ENDPOINTS)))
		give_up("control_map");
	for (unsigned i = 0; i < ENDPOINTS; i++) {
		if ((errno = -endpoint_start(&bench->stage, i, true)))
			give_up("endpoint_start");
	}
	settle_now(bench);
	channel_release(&bench->channel);
}

static void close_bench(struct bench *bench)
{
	stage_clear(&bench->stage);
	channel_destroy(&bench->channel);
	control_unmap(&bench->stage.control);
}

/*
 * The write is ordered first or last by turns: either may be the one that finds the other asleep.
 */
static void order_together(struct bench *bench, size_t round)
{
	unsigned first = round % 2 ? READER : WRITER;

	endpoint_command(&bench->stage, first, first == READER ? READ : WRITE);
	endpoint_command(&bench->stage, !first, first == READER ? WRITE : READ);
}

static void do_round(struct bench *bench, size_t round, double *blocked, double *again,
		     double *resumed)
{
	int64_t times[4];

	times[0] = clock_now_ns();
	endpoint_command(&bench->stage, READER, READ);
	settle_now(bench);
	times[1] = clock_now_ns();
	expect(bench, ENDPOINT_BUSY);
	settle_now(bench);
	times[2] = clock_now_ns();
	expect(bench, ENDPOINT_BUSY);
	endpoint_command(&bench->stage, WRITER, WRITE);
	settle_now(bench);
	times[3] = clock_now_ns();
	expect(bench, ENDPOINT_READY);
	order_together(bench, round);
	settle_now(bench);
	expect(bench, ENDPOINT_READY);
	*blocked = (double)(times[1] - times[0]) / 1000;
	*again = (double)(times[2] - times[1]) / 1000;
	*resumed = (double)(times[3] - times[2]) / 1000;
}

struct verdicts verdicts_try(size_t trials, enum settle_grade grade)
{
	struct verdicts verdicts = { 0 };
	struct bench *bench = calloc(1, sizeof(*bench));
	size_t rounds = trials / VERDICTS_A_ROUND + 1, done;
	double *samples = calloc(3 * rounds, sizeof(*samples));

	if (!bench || !samples)
		give_up("memory");
	bench->verdicts = &verdicts;
	open_bench(bench, grade);
	/* After a wrong verdict nobody knows who does what: there is no next round. */
	for (done = 0; done < rounds && !verdicts.wrong && !verdicts.late; done++)
		do_round(bench, done, &samples[done], &samples[rounds + done],
			 &samples[2 * rounds + done]);
	close_bench(bench);
	verdicts.blocked_us = median(samples, done);
	verdicts.again_us = median(samples + rounds, done);
	verdicts.resumed_us = median(samples + 2 * rounds, done);
	free(samples);
	free(bench);
	return verdicts;
}
