#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing to build and test, and only then needs root: as an ordinary user with nothing
# missing it does nothing. Debian and its relatives; elsewhere it says what to install.
# usage: ci/deps.sh [--list]
set -eu

# Package, and a command or file that shows that it (or its like) is there.
needed='
gcc		cc
libc6-dev	/usr/include/stdio.h
flex		flex
bison		bison
check		/usr/include/check.h
libsubunit-dev	/usr/include/subunit/child.h
libjson-c-dev	/usr/include/json-c/json.h
libseccomp-dev	/usr/include/seccomp.h
bats		bats
bats-support	/usr/lib/bats/bats-support/load.bash
bats-assert	/usr/lib/bats/bats-assert/load.bash
mandoc		mandoc
procps		pgrep
'

is_there() {
	case $1 in
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		echo "deps: needs root for: $*" >&2
		echo "deps: there is no sudo here; run that as root, then try again" >&2
		exit 1
	fi
}

missing=$(echo "$needed" | while read -r package proof; do
	[ -z "$package" ] || is_there "$proof" || printf '%s ' "$package"
done)

case $#:${1-} in
0:) ;;
1:--list)
	echo "$needed" | awk 'NF { print $1 }'
	exit 0
	;;
*)
	echo "deps: $*: what is that? usage: ci/deps.sh [--list]" >&2
	exit 2
	;;
esac
if [ -z "$missing" ]; then
	echo "deps: nothing is missing"
	exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "deps: missing, and there is no apt-get to install it: $missing" >&2
	exit 1
fi

echo "deps: installing $missing"
install="env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing"
# The lists of packages may be absent or stale: fetched only if the packages are not to be had without.
# shellcheck disable=SC2086
if ! as_root $install </dev/null; then
	as_root apt-get update -q </dev/null
	as_root $install </dev/null
fi

echo "$needed" | while read -r package proof; do
	[ -z "$package" ] || is_there "$proof" || {
		echo "deps: $package was installed, but $proof is still missing" >&2
		exit 1
	}
done
