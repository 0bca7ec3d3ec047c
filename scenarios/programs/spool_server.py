#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""spool-server in Python: the same protocol, the same journal. usage: spool_server.py REQUESTS REPLIES JOURNAL

Every call of os and fcntl used here tries again by itself when a signal interrupts it (PEP 475), but close.
"""
import contextlib
import fcntl
import os
import re
import signal
import stat
import sys
import threading

STX = b"\2"
RECORD_MAX = 4096
CLIENT_NAME_MAX = 64
REQUEST = re.compile(rb"([\x21-\x7e]{1,%d}) ([0-9]{1,18}) .*" % CLIENT_NAME_MAX)


def parse_request(line):
    """Client and sequence number, or None if the line is no request."""
    match = REQUEST.fullmatch(line)
    return (match[1], int(match[2])) if match and int(match[2]) else None


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


class Journal:
    """A line for every request that was kept, on the disk before anybody is told so."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(self.fd, fcntl.LOCK_EX)  # until the process ends: one server at a time
        self.last_of = {}
        *lines, torn = self.read_all().split(b"\n")
        for line in lines:
            self.note(line)
        self.end = sum(len(line) + 1 for line in lines)
        # A line that was not completed was not acknowledged either, and comes again. The others are
        # acknowledged from now on, and whoever wrote them may not have got so far as to sync them.
        os.ftruncate(self.fd, self.end)
        os.fsync(self.fd)

    def read_all(self):
        data = b""
        while chunk := os.read(self.fd, 65536):
            data += chunk
        return data

    def note(self, line):
        request = parse_request(line)
        if not request:
            raise ValueError(f"not a journal: {line!r}")
        client, sequence = request
        self.last_of[client] = sequence

    def has(self, client, sequence):
        return sequence <= self.last_of.get(client, 0)

    def append(self, line):
        try:
            write_all(self.fd, line + b"\n")
            os.fsync(self.fd)
        except OSError:
            os.ftruncate(self.fd, self.end)
            raise
        self.end += len(line) + 1
        self.note(line)


class RecordReader:
    """Cuts what comes out of a FIFO into records: STX, text, newline. What stands outside is dropped."""

    def __init__(self, fd):
        self.fd = fd
        self.rest = b""

    def __iter__(self):
        """Until the end of the file."""
        while chunk := os.read(self.fd, RECORD_MAX):
            *complete, self.rest = (self.rest + chunk).split(b"\n")
            for piece in complete:
                before, found, text = piece.rpartition(STX)
                if found and len(text) + 2 <= RECORD_MAX:
                    yield text
            # No more is needed of what is not complete than its last beginning.
            before, found, text = self.rest.rpartition(STX)
            self.rest = found + text if found and len(text) < RECORD_MAX else b""


def fifo_open(path, flags):
    """Waits until the other end is open too. Whoever comes first makes the FIFO."""
    try:
        os.mkfifo(path, 0o600)
    except FileExistsError:
        pass
    fd = os.open(path, flags)
    if not stat.S_ISFIFO(os.fstat(fd).st_mode):
        raise FileExistsError(f"{path} is not a FIFO")
    return fd


def reply(fd, text):
    try:
        write_all(fd, STX + text + b"\n")
    except BrokenPipeError:
        pass  # no client is there to read it; whoever still wants it will ask again


def serve(line, replies_fd, journal, keeping):
    request = parse_request(line)
    if not request:
        print(f"not a request: {line!r}", file=sys.stderr)
        return
    client, sequence = request
    with keeping:
        if not journal.has(client, sequence):
            journal.append(line)
    reply(replies_fd, b"%s %d" % request)


def serve_all(requests_path, replies_path, journal, keeping):
    requests_fd = fifo_open(requests_path, os.O_RDONLY)
    replies_fd = fifo_open(replies_path, os.O_WRONLY)
    # For a client that still waits for an answer of the server before this one.
    reply(replies_fd, b"ready")
    while True:
        for line in RecordReader(requests_fd):
            serve(line, replies_fd, journal, keeping)
        # Opened anew before it is closed: with no reader, the next client's first request would be lost.
        next_fd = fifo_open(requests_path, os.O_RDONLY)
        with contextlib.suppress(InterruptedError):
            os.close(requests_fd)
        requests_fd = next_fd


def end_on_sigterm(keeping):
    """A thread of its own waits for SIGTERM: a handler would run only when the call that waits returns."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def wait():
        signal.sigwait({signal.SIGTERM})
        with keeping:
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main(arguments):
    if len(arguments) != 4:
        print("usage: spool_server.py REQUESTS REPLIES JOURNAL", file=sys.stderr)
        return 2
    keeping = threading.Lock()  # held while something is half done
    end_on_sigterm(keeping)
    try:
        serve_all(arguments[1], arguments[2], Journal(arguments[3]), keeping)
    except (OSError, ValueError) as error:
        print(f"spool_server.py: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
