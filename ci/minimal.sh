#!/bin/sh
# SPDX-License-Identifier: MIT
# Tries the README in a minimal Debian root, made new and removed again: its prerequisite, then its two
# commands as root, then the same work as an ordinary user, then without user namespaces and without /proc.
# Needs root and debootstrap; the mirror is the one this machine's apt uses.
# usage: ci/minimal.sh [--worktree] [--keep] [CODENAME]
#   --worktree  the files as they are now, not those of the last commit
#   --keep      leave the root there, and say where
set -eu
cd "$(dirname "$0")/.."

tree=commit keep=no codename=
for argument; do
	case $argument in
	--worktree) tree=worktree ;;
	--keep) keep=yes ;;
	-*) echo "minimal: unknown option $argument" >&2; exit 2 ;;
	*) codename=$argument ;;
	esac
done
[ "$(id -u)" -eq 0 ] || { echo 'minimal: needs root, for debootstrap' >&2; exit 2; }
command -v debootstrap >/dev/null || { echo 'minimal: debootstrap is not installed' >&2; exit 2; }

# The archive this machine installs from: the first of apt's sources that has this release's main part.
: "${codename:=$(. /etc/os-release && echo "$VERSION_CODENAME")}"
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	awk -v release="$codename" '$2 == release && $3 == "main" { print $1; exit }')
[ -n "$mirror" ] || { echo "minimal: apt has no source for $codename" >&2; exit 2; }

root=$(mktemp -d /var/tmp/ipcdrill-minimal.XXXXXX)
chmod 755 "$root"	# it becomes the / of an ordinary user
remove() {
	rm -f "$root.log"
	if [ "$keep" = yes ]; then
		echo "minimal: kept in $root"
	else
		rm -rf --one-file-system "$root"
	fi
}
trap remove EXIT
trap 'exit 130' INT TERM HUP

echo "== minimal root of $codename"
debootstrap --variant=minbase "$codename" "$root" "$mirror" >"$root.log" 2>&1 ||
	{ tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"

# What this machine's apt needs to reach that mirror, it needs in there too.
apt-config dump Acquire | grep -E '^Acquire::(Check|http|https|Retries)[^ ]* "[^"]+";' \
	>"$root/etc/apt/apt.conf.d/00of-this-machine" || true
cp /etc/resolv.conf /etc/hosts "$root/etc/"

copy_tree() {
	mkdir -p "$1"
	if [ "$tree" = worktree ]; then
		git ls-files -z --cached --others --exclude-standard | tar --null -T - -c | tar -x -C "$1"
	else
		git archive HEAD | tar -x -C "$1"
	fi
}
copy_tree "$root/srv/ipcdrill"

# inside HOW SCRIPT: runs it in the root, in mount, pid and ipc namespaces that end with it.
#   full     the root is the root of its mount namespace, as in a container
#   chroot   it is not, so that the kernel refuses user namespaces
#   no-proc  as full, without /proc
inside() {
	echo "== $1: $2"
	# shellcheck disable=SC2016
	unshare --mount --pid --ipc --fork --kill-child sh -eu -c '
		root=$1 how=$2 script=$3
		mount --make-rprivate /
		mount --bind "$root" "$root"
		mount --rbind /dev "$root/dev"
		mount -t proc proc "$root/proc"
		cd "$root"
		if [ "$how" = chroot ]; then
			exec chroot . /bin/bash -c "cd /srv && $script"
		fi
		mkdir -p mnt/old
		pivot_root . mnt/old
		umount -l /mnt/old
		[ "$how" != no-proc ] || umount /proc
		exec /bin/bash -c "cd /srv && $script"
	' sh "$root" "$1" "$2" </dev/null
}
user='setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps=-all env HOME=/tmp'

inside full 'apt-get update -q && apt-get install -y -q --no-install-recommends make'
inside full 'cd ipcdrill && make deps run'
inside full 'cd ipcdrill && make deps check'

# A user who finds everything installed needs no root, and no sudo.
copy=of-user
cp -r "$root/srv/ipcdrill" "$root/srv/$copy"
rm -rf "$root/srv/$copy/build"
chown -R 1000:1000 "$root/srv/$copy"
inside full "$user make --no-print-directory -C $copy deps run"
inside full "$user make --no-print-directory -C $copy check"
inside chroot "$user $copy/build/ipcdrill run"
inside chroot 'ipcdrill/build/ipcdrill run'
inside no-proc 'ipcdrill/build/ipcdrill run'
inside no-proc "$user $copy/build/ipcdrill doctor"
echo 'minimal: both commands work in a minimal root'
