/* SPDX-License-Identifier: MIT */
/*
 * What an argument or expectation is made of until the moment it is needed: constants, names bound
 * by then, ends.
 */
#ifndef IPCDRILL_OPERAND_H
#define IPCDRILL_OPERAND_H

#include <stddef.h>
#include <sys/types.h>

#include "mechanism.h"
#include "value.h"

enum operand_kind {
	OPERAND_VALUE,		/* value */
	OPERAND_BINDING,	/* what `name =` or `with x as name` bound; slot */
	/* the descriptor of channel `index`, side `side`, that the evaluating endpoint holds */
	OPERAND_END,
	/* the address of channel `index`: a path, or NUL and an abstract name */
	OPERAND_ADDRESS,
	OPERAND_PROCESS,	/* the pid of endpoint `index` */
	/* where channel `index` lies in the memory of the evaluating endpoint */
	OPERAND_OBJECT,
	OPERAND_ID,		/* the System V id of channel `index` */
	OPERAND_KEY,		/* its System V key */
	OPERAND_PORT,		/* the port of its IP address */
	OPERAND_LIST,		/* items, count */
	OPERAND_UNARY,		/* op left: '-' '!' */
	OPERAND_BINARY,		/* left op right */
	/* a question to the outside, answered by the driver: fact, items, count */
	OPERAND_FACT,
};

enum operator{
	OPERATOR_ADD,
	OPERATOR_SUBTRACT,
	OPERATOR_MULTIPLY,
	OPERATOR_REMAINDER,
	OPERATOR_OR_BITS,
	OPERATOR_AND,
	OPERATOR_OR,
	OPERATOR_EQUAL,
	OPERATOR_UNEQUAL,
	OPERATOR_LESS,
	OPERATOR_GREATER,
	OPERATOR_AT_MOST,
	OPERATOR_AT_LEAST,
	OPERATOR_MATCHES,
	OPERATOR_NEGATE,
	OPERATOR_NOT,
};

struct fact;

/* Immutable once resolved; belongs to the plan. */
struct operand {
	enum operand_kind kind;
	/* OPERAND_VALUE; else its name as VALUE_WORD for messages, or NONE */
	struct value value;
	int slot;
	int index;
	enum channel_side side;
	enum operator op;
	union {				/* a suite has tens of thousands of these */
		struct {
			const struct operand *left;
			const struct operand *right;
		};
		struct {
			const struct operand *const *items;
			size_t count;
			const struct fact *fact;
		};
	};
};

/*
 * Where operands are looked up: the endpoint's own, or the judge's copy. Pointers may be NULL where
 * none exist.
 */
struct environment {
	const struct value *bindings;		/* by slot */
	const int (*held)[2];			/* by channel, side; -1: not held */
	void *const *objects;			/* by channel; NULL: not in the endpoint's memory */
	const struct channel *channels;
	const pid_t *pids;			/* by endpoint; 0: no such process */
	/* Answers a fact; NULL: facts cannot be asked here. 0 or -errno, and the reason in text. */
	int (*ask)(void *context, const struct operand *fact, struct value *answer, char *reason,
		   size_t size);
	void *context;
	/*
	 * Memory for values made on the way (joined bytes, lists); grows by malloc(), freed by the
	 * caller.
	 */
	void **scratch;
	size_t scratch_count;
};

/*
 * 0, or -errno with the reason as a sentence without a full stop: "r is not bound", "b holds no end
 * of c".
 */
int operand_evaluate(const struct operand *operand, struct environment *environment,
		     struct value *value, char *reason, size_t size);

/*
 * One operator on two values, for constant folding and evaluation alike; `right` is ignored by the
 * unary ones.
 */
int operator_apply(enum operator op, const struct value *left, const struct value *right,
		   struct environment *environment, struct value *value, char *reason, size_t size);

/* Spelling in the language: "+", "==". */
const char *operator_name(enum operator op);

void environment_free_scratch(struct environment *environment);

#endif
