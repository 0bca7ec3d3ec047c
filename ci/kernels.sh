#!/bin/sh
# SPDX-License-Identifier: MIT
# Boots each kernel in qemu with nothing but this tree's build and a few of this machine's commands, runs the suite there
# as root and as an ordinary user, and prints what failed and a table. No module is loaded: what a kernel
# has only as a module, it does not have.
# usage: ci/kernels.sh [--accel ACCEL] [--scale X] [--limit TIME] [--keep DIR] VMLINUZ...
#   --accel ACCEL  tcg, which works everywhere and is slow (the default), or kvm
#   --scale X      multiply the time limit of every scenario (default: 30)
#   --limit TIME   end a kernel that takes longer (default: 3h), as timeout(1) has it
#   --keep DIR     leave there what each kernel printed: 1.log, 2.log, ... with all results in TAP
# Needs a build, qemu-system-x86_64, cpio and a static busybox.
set -eu
tree=$(cd "$(dirname "$0")/.." && pwd)

accel=tcg scale=30 limit=3h keep=
while [ $# -gt 0 ]; do
	case $1 in
	--accel) accel=$2; shift 2 ;;
	--scale) scale=$2; shift 2 ;;
	--limit) limit=$2; shift 2 ;;
	--keep) keep=$2; shift 2 ;;
	-*) echo "kernels: unknown option $1" >&2; exit 2 ;;
	*) break ;;
	esac
done
[ $# -gt 0 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
for needed in qemu-system-x86_64 cpio busybox; do
	command -v "$needed" >/dev/null || { echo "kernels: there is no $needed here" >&2; exit 2; }
done
[ -x "$tree/build/ipcdrill" ] || { echo 'kernels: nothing is built; run make' >&2; exit 2; }

[ -z "$keep" ] || mkdir -p "$keep"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
root=$work/root

# What scenarios with programs run, as this machine has it; the rest is busybox's.
add_commands() {
	for name in sh cat ls tr head tail true false echo sleep wc setsid dd mkdir rm; do
		file=$(readlink -f "$(command -v "$name")") || continue
		[ -f "$file" ] || continue
		rm -f "$root/bin/$name"
		cp "$file" "$root/bin/$name"
		ldd "$file" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
			mkdir -p "$root${library%/*}"
			cp -L "$library" "$root$library"
		done
	done
}

make_root() {
	mkdir -p "$root/bin" "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/etc" "$root/usr" "$root/srv/build"
	ln -s ../bin "$root/usr/bin"
	cp "$(command -v busybox)" "$root/bin/busybox"
	busybox --list | grep -v '^busybox$' | while read -r name; do
		ln -s busybox "$root/bin/$name"
	done
	add_commands
	printf 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n' >"$root/etc/passwd"
	printf 'root:x:0:\nnobody:x:65534:\n' >"$root/etc/group"
	cp -r "$tree/build/ipcdrill" "$tree/build/programs" "$root/srv/build/"
	cp -r "$tree/scenarios" "$root/srv/"
	chmod -R a+rX "$root"
}

make_init() {
	cat >"$root/init" <<-END
		#!/bin/busybox sh
		export PATH=/bin HOME=/tmp
		mount -t proc proc /proc
		mount -t sysfs sysfs /sys
		mount -t devtmpfs dev /dev
		mkdir -p /dev/pts /dev/shm
		mount -t devpts devpts /dev/pts
		mount -t tmpfs tmpfs /dev/shm
		mount -t tmpfs -o mode=1777 tmpfs /tmp
		ifconfig lo up
		exec </dev/console >/dev/console 2>&1
		run='/srv/build/ipcdrill run --format tap --timeout-scale $scale'
		echo "kernels: \$(uname -r)"
		for user in root nobody; do
			echo "kernels: as \$user"
			su -s /bin/sh "\$user" -c "cd / && export HOME=/tmp && /srv/build/ipcdrill doctor && exec \$run"
			echo "kernels: status \$?"
		done
		poweroff -f
	END
	chmod 755 "$root/init"
}

boot() {
	processor=max
	[ "$accel" = tcg ] || processor=host
	timeout --foreground --kill-after=10 "$limit" \
		qemu-system-x86_64 -accel "$accel" -cpu "$processor" -smp 2 -m 1024 -no-reboot -nodefaults -display none \
		-kernel "$1" -initrd "$work/initrd" -append 'console=ttyS0 quiet panic=-1' -serial stdio </dev/null |
		tr -d '\r' >"$2"
}

# What went wrong, and a line a user; its status is 0 if both runs ended well.
summarize() {
	awk -v kernel="$1" -v table="$work/table" '
	/^kernels: as / { user = $3; next }
	/^kernels: status / { ends++; bad += $3 != 0; next }
	/^kernels: / { release = $2; next }
	/^(ok|not ok) / { shown = 0 }
	/^not ok / && !/# TODO/ { shown = 1; print release " as " user ":" }
	shown { print "  " $0 }
	/^# [0-9]+ passed, / { printf "%-32s %-8s %s\n", release, user, substr($0, 3) >>table }
	END {
		if (ends != 2)
			printf "%-32s ended before it was done\n", release ? release : kernel >>table
		exit ends != 2 || bad
	}' "$2"
}

make_root
make_init
(cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1) >"$work/initrd"
failed=0 number=0
for kernel; do
	number=$((number + 1))
	log=${keep:-$work}/$number.log
	boot "$kernel" "$log"
	summarize "$kernel" "$log" || failed=1
done
cat "$work/table"
exit "$failed"
