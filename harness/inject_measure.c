// SPDX-License-Identifier: MIT
/* Two runs: what differs between them already is nobody's fault. */
#include "inject_measure.h"

#include "command.h"
#include "inject_foreground.h"
#include "option.h"

static int run_to_end(struct inject_trial *trial, const struct trial_setting *setting)
{
	int error;
	enum tree_trouble trouble = trial_start(trial, setting, &error);

	if (trouble)
		return foreground_explain(trouble, error, "inject");
	do
		trials_wait(&trial, 1);
	while (!trial_step(trial));
	return trial->exec_error
		       ? inject_program_explain(setting->program, trial->exec_error, "inject")
		       : 0;
}

/* Every call of the run is notified, so it takes a little longer; nothing else is different. */
static int run_undisturbed(const struct trial_setting *setting, const struct inject_filter *filter,
			   struct inject_trial *trial, struct inject_profile *profile)
{
	int status;

	trial->tree = (struct inject_tree){
		.inject = { .called = inject_profile_called },
		.context = profile,
		.filter = filter,
		.notifies_exec = true,
	};
	status = run_to_end(trial, setting);
	if (!status && trial->end == TRIAL_HUNG) {
		complain("inject", "the undisturbed run hangs already: %s", trial->asleep);
		status = EXIT_BROKEN;
	} else if (!status && trial->end == TRIAL_LATE) {
		complain("inject", "the undisturbed run takes longer than --timeout");
		status = EXIT_BROKEN;
	}
	return status;
}

/* Twice: what differs already then means nothing later. */
int sweep_measure_take(struct sweep_measure *measure, const struct trial_setting *setting)
{
	struct inject_profile profile = { 0 };
	struct inject_trial again = { 0 };
	struct inject_filter filter;
	int err = inject_compile_all(&filter);
	int status;

	if (err)
		return foreground_explain(TREE_NO_FILTER, err, "inject");
	status = run_undisturbed(setting, &filter, &measure->trial, &measure->profile);
	if (!status)
		status = run_undisturbed(setting, &filter, &again, &profile);
	if (!status && again.status != measure->trial.status) {
		complain("inject",
			 "two undisturbed runs end differently: there is nothing to compare with");
		status = EXIT_BROKEN;
	}
	if (!status && !inject_profile_is_same(&measure->profile, &profile))
		complain("inject", "note: two undisturbed runs make different calls, so call n is "
				   "not always the same one");
	measure->has_steady_output = trial_same_output(&measure->trial, &again);
	inject_profile_free(&profile);
	inject_filter_free(&filter);
	return status;
}
