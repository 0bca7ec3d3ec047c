// SPDX-License-Identifier: MIT
/* Undisturbed first, then point by point, several at a time. */
#include "inject_sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "draft.h"
#include "inject_choice.h"
#include "inject_foreground.h"
#include "inject_measure.h"
#include "inject_points.h"
#include "inject_table.h"
#include "interrupt.h"
#include "option.h"

struct slot {
	bool is_busy;
	size_t point;
	struct inject_rule rule;
	char refusal[120]; /* why the effect could not be had in this run */
	struct inject_trial trial;
};

struct sweep {
	const struct inject_request *request;
	struct sweep_measure measure;
	struct sweep_points points;
	struct slot *slots;
	size_t next; /* point to run */
	size_t busy_count;
	struct trial_setting setting;
	const struct sweep_point *failed; /* the first whose run could not be started; NULL */
};

static struct slot *slot_of(void *context)
{
	struct inject_tree *tree = context;

	return tree->context;
}

static void note(void *context, enum inject_what what, const struct inject_rule *rule,
		 const struct hit *hit)
{
	(void)rule;
	if (what == INJECT_REFUSED)
		memcpy(slot_of(context)->refusal, hit->refusal, sizeof(hit->refusal));
}

/* The point stays as if nobody had come to it. What is wrong is told once. */
static void fail(struct sweep *sweep, const struct sweep_point *point, enum tree_trouble trouble,
		 int error)
{
	if (!sweep->failed && trouble)
		foreground_explain(trouble, error, "inject");
	else if (!sweep->failed)
		inject_program_explain(sweep->setting.program, error, "inject");
	if (!sweep->failed || point < sweep->failed)
		sweep->failed = point;
}

static void start(struct sweep *sweep, struct slot *slot)
{
	struct sweep_point *point = &sweep->points.points[sweep->next];
	struct sweep_line *line = &sweep->points.lines[point->line];
	enum tree_trouble trouble;
	int error;

	*slot = (struct slot){ .point = sweep->next++, .rule = line->rule };
	slot->rule.trigger =
		(struct trigger){ .kind = TRIGGER_NTH, .first = point->n, .last = point->n };
	slot->trial.tree = (struct inject_tree){
		.inject = { .rules = &slot->rule, .rule_count = 1, .noted = note },
		.context = slot,
		.filter = &line->filter,
		.notifies_exec = rules_name_exec(&slot->rule, 1),
	};
	trouble = trial_start(&slot->trial, &sweep->setting, &error);
	if (trouble) {
		fail(sweep, point, trouble, error);
		return;
	}
	slot->is_busy = true;
	sweep->busy_count++;
}

static enum sweep_outcome compare(const struct sweep *sweep, const struct slot *slot, int *number)
{
	const struct inject_trial *trial = &slot->trial, *wanted = &sweep->measure.trial;

	if (trial->end == TRIAL_HUNG)
		return SWEEP_HANG;
	if (trial->end == TRIAL_LATE)
		return SWEEP_LATE;
	if (!slot->rule.trigger.fired)
		return SWEEP_UNREACHED;
	if (slot->refusal[0])
		return SWEEP_REFUSED;
	if (trial->status != wanted->status) {
		*number = WIFSIGNALED(trial->status) ? WTERMSIG(trial->status)
						     : WEXITSTATUS(trial->status);
		return WIFSIGNALED(trial->status) ? SWEEP_SIGNAL : SWEEP_STATUS;
	}
	if (sweep->measure.has_steady_output && !trial_same_output(trial, wanted))
		return SWEEP_OUTPUT;
	return SWEEP_SAME;
}

static void judge(struct sweep *sweep, struct slot *slot)
{
	struct sweep_point *point = &sweep->points.points[slot->point];

	slot->is_busy = false;
	sweep->busy_count--;
	if (slot->trial.exec_error) {
		fail(sweep, point, TREE_STARTED, slot->trial.exec_error);
		return;
	}
	point->outcome = compare(sweep, slot, &point->number);
	if (point->outcome == SWEEP_HANG)
		point->text = draft_copy(slot->trial.asleep);
	else if (point->outcome == SWEEP_REFUSED)
		point->text = draft_copy(slot->refusal);
}

static void skip_refused(struct sweep *sweep)
{
	while (sweep->next < sweep->points.count &&
	       sweep->points.lines[sweep->points.points[sweep->next].line].refusal)
		sweep->next++;
}

static bool is_to_go_on(const struct sweep *sweep)
{
	return sweep->next < sweep->points.count && !sweep->failed && !interrupt_signal();
}

/* Their points stay as if they had not been run. */
static void abandon_all(struct sweep *sweep)
{
	for (unsigned i = 0; i < sweep->request->jobs; i++) {
		if (sweep->slots[i].is_busy)
			trial_abandon(&sweep->slots[i].trial);
	}
}

/* Starts as many as there may be at once; waits; looks after them. */
static void turn(struct sweep *sweep)
{
	struct inject_trial *trials[JOBS_MAX];
	size_t count = 0;

	for (unsigned i = 0; i < sweep->request->jobs; i++) {
		skip_refused(sweep);
		if (!sweep->slots[i].is_busy && is_to_go_on(sweep))
			start(sweep, &sweep->slots[i]);
		if (sweep->slots[i].is_busy)
			trials[count++] = &sweep->slots[i].trial;
	}
	if (!count)
		return;
	trials_wait(trials, count);
	for (unsigned i = 0; i < sweep->request->jobs; i++) {
		if (sweep->slots[i].is_busy && trial_step(&sweep->slots[i].trial))
			judge(sweep, &sweep->slots[i]);
	}
}

static int run_points(struct sweep *sweep, FILE *out)
{
	struct sweep_stop stop;
	const char *why;

	sweep->slots = calloc(sweep->request->jobs, sizeof(*sweep->slots));
	if (!sweep->slots)
		abort();
	/* Until here there is nothing to lose. */
	interrupt_watch();
	do
		turn(sweep);
	while (!interrupt_signal() && (sweep->busy_count || is_to_go_on(sweep)));
	abandon_all(sweep);
	free(sweep->slots);
	stop = (struct sweep_stop){ .signal = interrupt_signal(), .failed = sweep->failed };
	if (sweep->request->json)
		sweep_print_json(&sweep->points, &sweep->measure, &stop, out);
	else
		sweep_print(&sweep->points, &sweep->measure, &stop, out);
	why = points_excuse(&sweep->points);
	if (why)
		complain("inject", "%s", why);
	return sweep->failed ? EXIT_BROKEN : (int)points_status(&sweep->points);
}

enum exit_status inject_sweep(const struct inject_request *request,
			      const struct inject_program *program, FILE *out)
{
	struct sweep sweep = { .request = request,
			       .setting = { .program = program, .limit_ns = request->limit_ns } };
	struct sweep_choice choice = { 0 };
	int status;

	if (!sweep_choice_read(&choice, request)) {
		sweep_choice_free(&choice);
		return EXIT_USAGE;
	}
	sigprocmask(SIG_SETMASK, NULL, &sweep.setting.mask);
	sweep.setting.nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (sweep.setting.nothing < 0) {
		complain("inject", "/dev/null: %s", strerror(errno));
		status = EXIT_BROKEN;
	} else {
		status = sweep_measure_take(&sweep.measure, &sweep.setting);
	}
	if (!status) {
		sweep_choice_complete(&choice, &sweep.measure.profile);
		status = points_make(&sweep.points, choice.calls, choice.call_count, choice.effects,
				     choice.effect_count, request->point, &sweep.measure.profile);
		if (status)
			complain("inject", "the points of the sweep cannot be made: %s",
				 strerror(-status));
		status = status ? EXIT_BROKEN : run_points(&sweep, out);
	}
	points_free(&sweep.points);
	inject_profile_free(&sweep.measure.profile);
	sweep_choice_free(&choice);
	if (sweep.setting.nothing >= 0)
		close(sweep.setting.nothing);
	return (enum exit_status)status;
}
