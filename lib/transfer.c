// SPDX-License-Identifier: MIT
/* The arguments of calls that move bytes, as they lie in the caller's registers and memory. */
#include "transfer.h"

#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>

#include "process_memory.h"

struct compat_piece {
	uint32_t base;
	uint32_t length;
};

/* struct compat_msghdr of the kernel. */
struct compat_message {
	uint32_t name;
	uint32_t name_length;
	uint32_t pieces;
	uint32_t piece_count;
	uint32_t control;
	uint32_t control_length;
	uint32_t flags;
};

static void *theirs(uint64_t address)
{
	return (void *)(uintptr_t)address;	/* NOLINT(performance-no-int-to-ptr) */
}

static int take_buffer(struct transfer *transfer, uint64_t address, uint64_t size)
{
	transfer->pieces = malloc(sizeof(*transfer->pieces));
	if (!transfer->pieces)
		return -ENOMEM;
	transfer->pieces[0] = (struct iovec){ theirs(address), size };
	transfer->piece_count = 1;
	transfer->size = size;
	return 0;
}

static int read_pieces(const struct hit *hit, struct transfer *transfer, uint64_t address,
		       size_t count)
{
	struct compat_piece *compat = (struct compat_piece *)transfer->pieces;
	int err;

	if (!hit->is_compat)
		return hit_read(hit, address, transfer->pieces, count * sizeof(*transfer->pieces));
	err = hit_read(hit, address, compat, count * sizeof(*compat));
	/* Backwards, as each grows to twice its size in place. */
	for (size_t i = count; !err && i-- > 0;) {
		struct compat_piece piece;

		memcpy(&piece, (char *)compat + i * sizeof(piece), sizeof(piece));
		transfer->pieces[i] = (struct iovec){ theirs(piece.base), piece.length };
	}
	return err;
}

static int take_vector(const struct hit *hit, struct transfer *transfer, uint64_t address,
		       uint64_t count)
{
	int err;

	if (count > IOV_MAX)
		return -EINVAL;
	transfer->pieces = calloc(count + 1, sizeof(*transfer->pieces));
	if (!transfer->pieces)
		return -ENOMEM;
	err = read_pieces(hit, transfer, address, count);
	if (err)
		return err;
	transfer->piece_count = count;
	for (size_t i = 0; i < count; i++) {
		if (transfer->pieces[i].iov_len > SSIZE_MAX - transfer->size)
			return -EINVAL;
		transfer->size += transfer->pieces[i].iov_len;
	}
	return 0;
}

/* A name to send to is taken along; for one that is received there must be room to say it. */
static int take_name(const struct hit *hit, struct transfer *transfer, uint64_t address,
		     uint32_t length)
{
	if (!address || !length)
		return 0;
	if (transfer->is_output && length > sizeof(transfer->name))
		return -EINVAL;
	transfer->name_address = address;
	transfer->name_length = length < sizeof(transfer->name) ? length : sizeof(transfer->name);
	return transfer->is_output ? hit_read(hit, address, &transfer->name, length) : 0;
}

static int take_socket(const struct hit *hit, struct transfer *transfer)
{
	uint32_t length = (uint32_t)hit->args[5];
	int err = take_buffer(transfer, hit->args[1], hit->args[2]);

	if (err)
		return err;
	transfer->flags = (int)hit->args[3];
	if (!transfer->is_output && hit->args[4]) {
		transfer->name_length_address = hit->args[5];
		err = hit_read(hit, hit->args[5], &length, sizeof(length));
	}
	return err ? err : take_name(hit, transfer, hit->args[4], length);
}

static int read_message(const struct hit *hit, struct msghdr *message)
{
	struct compat_message compat = { 0 };
	int err;

	if (!hit->is_compat)
		return hit_read(hit, hit->args[1], message, sizeof(*message));
	err = hit_read(hit, hit->args[1], &compat, sizeof(compat));
	*message = (struct msghdr){
		.msg_name = theirs(compat.name),
		.msg_namelen = compat.name_length,
		.msg_iov = theirs(compat.pieces),
		.msg_iovlen = compat.piece_count,
		.msg_control = theirs(compat.control),
		.msg_controllen = compat.control_length,
	};
	return err;
}

/* Where the kernel puts what it says of a message. */
static void take_answers(const struct hit *hit, struct transfer *transfer)
{
	const uint64_t address = hit->args[1];

	if (hit->is_compat) {
		transfer->flags_address = address + offsetof(struct compat_message, flags);
		transfer->name_length_address = address +
						offsetof(struct compat_message, name_length);
	} else {
		transfer->flags_address = address + offsetof(struct msghdr, msg_flags);
		transfer->name_length_address = address + offsetof(struct msghdr, msg_namelen);
	}
}

static int take_message(const struct hit *hit, struct transfer *transfer)
{
	struct msghdr message;
	int err = read_message(hit, &message);

	if (err)
		return err;
	transfer->flags = (int)hit->args[2];
	transfer->has_ancillary = message.msg_control && message.msg_controllen;
	if (!transfer->is_output)
		take_answers(hit, transfer);
	err = take_vector(hit, transfer, (uintptr_t)message.msg_iov, message.msg_iovlen);
	return err ? err
		   : take_name(hit, transfer, (uintptr_t)message.msg_name, message.msg_namelen);
}

/*
 * The halves of a 32-bit program; on ARM a pair of registers starts at an even one, except in
 * preadv and pwritev.
 */
static uint64_t compat_offset(const struct hit *hit)
{
	const int first = hit->arch == AUDIT_ARCH_ARM && hit->shape->transfer == TRANSFER_BUFFER_AT
				  ? 4
				  : 3;

	return (uint32_t)hit->args[first] | (uint64_t)(uint32_t)hit->args[first + 1] << 32;
}

static int take_offset(const struct hit *hit, struct transfer *transfer)
{
	transfer->is_positional = true;
	transfer->offset = hit->is_compat ? compat_offset(hit) : hit->args[3];
	return transfer->offset > INT64_MAX ? -EINVAL : 0;
}

int transfer_parse(const struct hit *hit, struct transfer *transfer)
{
	int err = 0;

	transfer->is_output = hit->shape->is_output;
	switch (hit->shape->transfer) {
	case TRANSFER_NONE:
	case TRANSFER_IDLE: return -EOPNOTSUPP;
	case TRANSFER_BUFFER: return take_buffer(transfer, hit->args[1], hit->args[2]);
	case TRANSFER_VECTOR: return take_vector(hit, transfer, hit->args[1], hit->args[2]);
	case TRANSFER_BUFFER_AT:
		err = take_offset(hit, transfer);
		return err ? err : take_buffer(transfer, hit->args[1], hit->args[2]);
	case TRANSFER_VECTOR_AT:
		err = take_offset(hit, transfer);
		return err ? err : take_vector(hit, transfer, hit->args[1], hit->args[2]);
	case TRANSFER_SOCKET: return take_socket(hit, transfer);
	case TRANSFER_MESSAGE: return take_message(hit, transfer);
	}
	abort();
}

/*
 * The pieces of `size` bytes after those that are done. How many; they are at most as many as the
 * transfer's.
 */
static size_t slice(const struct transfer *transfer, size_t size, struct iovec *slices)
{
	size_t skip = transfer->done;
	size_t count = 0;

	for (size_t i = 0; i < transfer->piece_count && size; i++) {
		struct iovec piece = transfer->pieces[i];
		size_t skipped = skip < piece.iov_len ? skip : piece.iov_len;

		skip -= skipped;
		piece.iov_base = (char *)piece.iov_base + skipped;
		piece.iov_len -= skipped;
		if (piece.iov_len > size)
			piece.iov_len = size;
		size -= piece.iov_len;
		if (piece.iov_len)
			slices[count++] = piece;
	}
	return count;
}

static int copy(const struct hit *hit, const struct transfer *transfer, size_t size, bool to_them)
{
	struct iovec few[8] = { 0 }, *slices = few;
	ssize_t copied;
	size_t count;

	if (transfer->piece_count > sizeof(few) / sizeof(*few))
		slices = calloc(transfer->piece_count, sizeof(*slices));
	if (!slices)
		return -ENOMEM;
	count = slice(transfer, size, slices);
	copied = process_copy(hit->tid, to_them, transfer->bounce, size, slices, count);
	if (slices != few)
		free(slices);
	if (copied != (ssize_t)size)
		return -EFAULT;
	/* Bytes that were not theirs must not be sent; what was received is gone either way. */
	return to_them || hit_is_valid(hit) ? 0 : -ESRCH;
}

int transfer_load(const struct hit *hit, const struct transfer *transfer, size_t size)
{
	return size ? copy(hit, transfer, size, false) : 0;
}

int transfer_store(const struct hit *hit, const struct transfer *transfer, size_t size)
{
	return size ? copy(hit, transfer, size, true) : 0;
}

void transfer_report(const struct hit *hit, const struct transfer *transfer)
{
	const uint32_t length = transfer->got_name_length;
	const uint32_t room = transfer->name_length;

	if (transfer->is_output)
		return;
	if (transfer->name_address)
		hit_write(hit, transfer->name_address, &transfer->name,
			  length < room ? length : room);
	if (transfer->name_length_address)
		hit_write(hit, transfer->name_length_address, &length, sizeof(length));
	if (transfer->flags_address)
		hit_write(hit, transfer->flags_address, &transfer->got_flags,
			  sizeof(transfer->got_flags));
}
