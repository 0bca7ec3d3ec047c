/* SPDX-License-Identifier: MIT */
/*
 * What the parts of resolve share. Private to resolve*.c. A function that gives NULL, false or -1
 * has reported why.
 */
#ifndef IPCDRILL_RESOLVE_H
#define IPCDRILL_RESOLVE_H

#include "resolve_nearest.h"
#include "resolve_state.h"

/* resolve_say.c: messages and memory */
__attribute__((format(printf, 4, 5)))
void resolve_error(struct resolver *resolver, struct location where, const char *help,
		   const char *format, ...);
/* An error that follows from one that was told. */
void resolve_follows(struct resolver *resolver);
/* A place that has its error. */
void resolve_note(struct resolver *resolver, struct location where);
bool resolve_is_told(const struct resolver *resolver, struct location where);
__attribute__((format(printf, 2, 3)))
const char *resolve_text(struct resolver *resolver, const char *format, ...);
/* The plan is complete but for this: "race". Only the first is kept. */
void resolve_unsupported(struct variant *variant, struct location where, const char *what);
/* Zeroed, and kept with the plans. */
void *resolve_keep(struct resolver *resolver, size_t size);
/* False after a message: what grows with values and repeats has its limit. */
bool resolve_may_keep(struct resolver *resolver, const struct expr *expr, size_t size);
const char *resolve_keep_text(struct resolver *resolver, const char *text, size_t length);
void *resolve_scratch(struct resolver *resolver, size_t size);
/* "the size of read()" */
const char *setting_place(struct resolver *resolver, const struct setting *setting);

/* resolve_table.c */
uintptr_t hash_with(uintptr_t hash, uintptr_t more);
/* Of those with this hash, and some others. */
struct entry *table_first(const struct table *table, uintptr_t hash);
void table_add(struct resolver *resolver, struct table *table, struct entry *entry, uintptr_t hash);

/* resolve_words.c: what the text says where the tree cannot be trusted */
/* It stands in a line that could not be read: it may have been declared there. */
bool scene_may_have_lost(struct scene *scene, const char *name);
/* Likewise what this names, which nothing else declares: then that is an error that was told. */
bool resolve_is_lost(struct variant *variant, const struct expr *expr);
bool scene_mentions_again(struct scene *scene, const char *name);
/* Before anything else is looked at. */
void resolver_note_damage(struct resolver *resolver);
bool scene_is_damaged(const struct scene *scene);

/* resolve_names.c: what is declared in a scene */
void scene_gather(struct scene *scene);
struct name *scene_find(const struct scene *scene, const char *text);
/* An endpoint by the word that stands where one must: its index, or -1. Counts as use. */
int scene_endpoint(struct scene *scene, const char *text, struct location where);
/* A place that binds this name, or any. */
struct site *scene_site(struct scene *scene, const char *text, struct location where);
struct site *scene_any_site(struct scene *scene, const char *text);
/* "a channel" */
const char *name_kind_text(enum name_kind kind);

/* resolve_unused.c */
void scene_report_unused(struct scene *scene);
bool scene_has_checks(const struct scene *scene);

/* resolve_across.c: parameters and ids */
void scene_resolve(struct scene *scene);
/* The value that a parameter has in this variant, given to its name. */
void variant_across(struct variant *variant, const struct decl *decl);
bool scene_has_choice(const struct scene *scene, const char *word);
const char *scene_id(struct scene *scene);
char *resolve_slug(struct resolver *resolver, const char *title);
/* resolve_label.c */
const char *expr_label(struct resolver *resolver, const struct expr *expr);

/* resolve_variant.c */
/* False: has errors. */
bool variant_resolve(struct scene *scene);

/* resolve_channel.c */
void variant_channel(struct variant *variant, struct name *name, const struct expr *mechanism,
		     const struct ends *ends);
bool expr_names_mechanism(const struct expr *expr);
/* resolve_option.c */
void variant_options(struct variant *variant, struct channel *channel, const struct expr *expr);

/* resolve_operand.c */
/* The same operand for the same content, kept with the plans. */
const struct operand *operand_keep(struct variant *variant, const struct operand *operand);
const struct operand *operand_constant(struct variant *variant, const struct value *value);
/* One that carries a name for messages. */
const struct operand *operand_named(struct variant *variant, struct operand operand,
				    const char *name);
/* For what is looked at, but does not happen: its value is never asked for. */
const struct operand *operand_placeholder(struct variant *variant);
/* resolve_list.c; NULL after a message: too many in one file */
const struct operand *const *operands_keep(struct variant *variant, const struct expr *expr,
					   const struct operand *const *items, size_t count);
const struct operand *operand_list(struct variant *variant, const struct expr *expr,
				   const struct operand *const *items, size_t count);
/* resolve_operand.c again */
/* What it will be when evaluated; VALUE_ANY if that cannot be told. */
enum value_kind operand_expects(const struct operand *operand);
const char *value_kind_text(enum value_kind kind);

/* resolve_expr.c */
const struct operand *resolve_expr(struct variant *variant, const struct expr *expr,
				   const struct setting *setting);
/* The same, if it is known before the run. */
bool resolve_constant(struct variant *variant, const struct expr *expr,
		      const struct setting *setting, struct value *value);
bool resolve_number(struct variant *variant, const struct expr *expr, const char *place,
		    int64_t least, int64_t most, int64_t *number);
/* One that is a number, which is true or not: "the condition of when()". */
bool resolve_condition(struct variant *variant, const struct expr *expr,
		       const struct setting *setting, bool *holds);

/* resolve_name.c: names in expressions */
const struct operand *resolve_name(struct variant *variant, const struct expr *expr,
				   const struct setting *setting);
/* resolve_binding.c: those among them that steps have bound */
const struct operand *resolve_binding(struct variant *variant, const struct expr *expr,
				      int endpoint, struct bound *bound);
/* *found: the name is bound. NULL then means an error. */
const struct operand *find_binding(struct variant *variant, const struct expr *expr,
				   const struct setting *setting, bool *found);
/* Told why a name that is bound somewhere is not bound here; *operand is what it stands for. */
bool explain_unbound(struct variant *variant, const struct expr *expr,
		     const struct setting *setting, const struct operand **operand);
struct bound *player_bound(const struct player *player, const char *text);

/* resolve_object.c */
const struct operand *resolve_object(struct variant *variant, const struct expr *expr,
				     const struct name *channel, const struct setting *setting);

/* resolve_end.c */
const struct operand *resolve_end(struct variant *variant, const struct expr *expr,
				  const struct name *channel, const struct setting *setting);
const struct operand *resolve_member(struct variant *variant, const struct expr *expr,
				     const struct setting *setting);

/* resolve_question.c: names with brackets in expressions */
const struct operand *resolve_question(struct variant *variant, const struct expr *expr,
				       const struct setting *setting);
bool has_count(struct variant *variant, const struct expr *expr, size_t count, const char *usage);
size_t expr_count(const struct expr *list);
/* resolve_probe.c */
const struct operand *resolve_probe(struct variant *variant, const struct expr *expr,
				    const struct setting *setting);

/* resolve_fold.c */
const struct operand *resolve_fold(struct variant *variant, const struct expr *expr,
				   const struct operand *left, const struct operand *right);

/* resolve_call.c */
/* False: has errors. `action` is filled in. */
bool resolve_call(struct variant *variant, int endpoint, const struct expr *expr,
		  struct action *action);
/* NULL after a message. */
const struct call *resolve_call_name(struct variant *variant, const char *name,
				     struct location where);
/* NULL: there is none. */
const struct call *resolver_call(struct resolver *resolver, const char *name);
/* A call of the language that cannot be made yet. */
bool call_is_planned(const char *name);
/* resolve_when.c */
/* The call inside of when(), or the call itself; NULL: written wrongly. */
const struct expr *expr_unwrapped(const struct expr *expr);
/* The same; *happens tells whether the condition holds. NULL: errors. */
const struct expr *resolve_when(struct variant *variant, const struct expr *expr, bool *happens);

/* resolve_argument.c */
const struct operand *resolve_argument(struct variant *variant, int endpoint,
				       const struct call *call, size_t index,
				       const struct expr *expr);

/* resolve_want.c */
bool resolve_want(struct variant *variant, int endpoint, const struct tail *tail,
		  const struct call *call, struct want *want);
/* As far as this is known now, the call gives an error and so binds nothing. */
bool want_is_failure(const struct want *want);
/* The endpoint may die in it. */
bool want_may_end(const struct want *want);
/* resolve_out.c */
bool resolve_outs(struct variant *variant, int endpoint, const struct tail *tail,
		  const struct call *call, struct want *want);
/* Index of an out-parameter by the word that names it, or -1. */
int resolve_out(struct variant *variant, const struct call *call, const struct word *word);

/* resolve_bind.c */
bool resolve_bindings(struct variant *variant, int endpoint, const struct statement *statement,
		      const struct want *want, struct action *action);
/* The pending call returned, or failed: what it was to bind is bound, or never will be. */
void player_bind_pending(struct player *player, bool failed);
void player_lose_bindings(struct player *player);
void player_inherit(struct variant *variant, struct player *child, const struct player *parent);

/* resolve_steps.c */
void variant_steps(struct variant *variant, const struct statement *body);
/* resolve_step.c */
/* NULL: too many. */
struct step *variant_step(struct variant *variant, enum step_kind kind, struct location where,
			  int endpoint);
int variant_action(struct variant *variant, const struct action *action, bool shared);
bool variant_turn(struct variant *variant, struct location where);
/* resolve_action.c: steps that begin with an endpoint; false: has errors */
bool resolve_action(struct variant *variant, const struct statement *statement, int endpoint);

/* resolve_life.c: what the steps so far say about an endpoint */
void players_begin(struct variant *variant);
/* It exists and is alive, as far as that is known. */
bool player_is_there(struct variant *variant, int endpoint, struct location where);
/* And it has no call pending. */
bool player_may_act(struct variant *variant, int endpoint, struct location where);
void player_ends(struct variant *variant, int endpoint, struct location where, const char *ending);
/* do start, or, again, do restart of a program. */
bool program_may_start(struct variant *variant, int endpoint, bool again, struct location where);
/*
 * Nobody can tell what it holds: its own declaration, a channel's, or the fork that made it may
 * have errors.
 */
bool player_may_hold_more(const struct variant *variant, const struct player *player);
/* From the beginning, by the declarations of channels. */
bool variant_holds_ends(const struct variant *variant, int endpoint);
void player_restarts(struct player *player);
/* What happens to it is not known any more; NOBODY: to anybody. */
void player_confuse(struct variant *variant, int endpoint);
/* Somebody was woken by SIGCONT, nobody can tell who. */
void players_continue(struct variant *variant);

/* resolve_do.c, resolve_await.c: false: has errors */
bool resolve_do(struct variant *variant, const struct statement *statement);
/* Signals that end nobody who has no handler: signal(7). */
bool resolve_is_harmless(int64_t signal);
bool resolve_await(struct variant *variant, const struct statement *statement);

/* resolve_fault_verb.c: do arm, do disarm, do release; false: has errors */
bool resolve_fault_verb(struct variant *variant, const struct statement *statement);
bool is_fault_verb(const char *name);
void candidates_add_fault_verbs(struct candidates *candidates);

/* resolve_fault.c */
void resolve_fault(struct variant *variant, const struct decl *decl);
/* All but who and the place in the plan; false after messages. */
bool resolve_rule(struct variant *variant, const struct decl *decl, struct plan_fault *fault);
/* resolve_pattern.c, resolve_effect.c: one part of a rule; false after a message */
bool resolve_pattern(struct variant *variant, const struct expr *expr, struct plan_fault *fault);
bool resolve_effect(struct variant *variant, const struct expr *expr, struct inject_rule *rule);
/* resolve_filter.c */
/* nth any(SEED, CALLS): chosen when the steps are complete. False after a message. */
bool resolve_any(struct variant *variant, const struct expr *nth, struct plan_fault *fault);
/* When the steps are complete. */
void variant_filters(struct variant *variant);
/* resolve_reach.c: a step that makes this call may be meant */
bool fault_may_hit(const struct plan_fault *fault, const struct call *call);
/* When the steps are complete: tells of faults that can never happen. */
void variant_faults_reach(struct variant *variant);

/* resolve_program.c */
void resolve_program(struct variant *variant, const struct decl *decl);
/* resolve_program_argument.c: false after a message */
bool resolve_program_argument(struct variant *variant, int endpoint, const struct expr *expr,
			      struct program_argument *argument);
/* resolve_invariant.c */
void resolve_invariants(struct variant *variant, const struct decl *decl);
/* resolve_scratch.c: a name that may be left behind */
void plan_add_scratch(struct variant *variant, const char *name);

/* resolve_planned.c: looked at, but not built yet */
void resolve_race(struct variant *variant, const struct decl *decl);
void resolve_outcomes(struct variant *variant, const struct decl *decl);
bool resolve_planned_call(struct variant *variant, int endpoint, const struct expr *expr);
bool resolve_ledger_subject(struct variant *variant, const struct expr *expr, const char *place);

#endif
