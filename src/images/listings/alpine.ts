/** Written by src/build/image-listings.ts. */
export default `555 0:0 0 /bin/
777 0:0 0 /bin/[ -> /bin/busybox
777 0:0 0 /bin/[[ -> /bin/busybox
777 0:0 0 /bin/acpid -> /bin/busybox
555 0:0 564 /bin/addgroup
	#!/bin/sh
	# addgroup [-S] [-g GID] NAME          addgroup USER GROUP
	system= gid=
	while getopts 'Sg:' option; do case $option in S) system=1 ;; g) gid=$OPTARG ;; *) exit 1 ;; esac; done
	shift $((OPTIND - 1))
	if [ -n "$2" ]; then
	  sed -i "s/^\\($2:.*:\\)$/\\1$1/; t; s/^\\($2:.*[^:]\\)$/\\1,$1/" /etc/group; exit
	fi
	grep -q "^$1:" /etc/group && { echo "addgroup: group '$1' in use" >&2; exit 1; }
	if [ -z "$gid" ]; then
	  gid=1000; [ -n "$system" ] && gid=101
	  while cut -d: -f3 /etc/group | grep -qx "$gid"; do gid=$((gid + 1)); done
	fi
	echo "$1:x:$gid:" >>/etc/group
	
555 0:0 1139 /bin/adduser
	#!/bin/sh
	# adduser [-D] [-S] [-H] [-u UID] [-G GROUP] [-h HOME] [-s SHELL] [-g GECOS] USER
	system= uid= group= home= shell= gecos= nohome=
	while getopts 'DSHu:G:h:s:g:' option; do
	  case $option in
	    D) ;; S) system=1 ;; H) nohome=1 ;; u) uid=$OPTARG ;; G) group=$OPTARG ;;
	    h) home=$OPTARG ;; s) shell=$OPTARG ;; g) gecos=$OPTARG ;; *) exit 1 ;;
	  esac
	done
	shift $((OPTIND - 1))
	grep -q "^$1:" /etc/passwd && { echo "adduser: user '$1' in use" >&2; exit 1; }
	if [ -z "$uid" ]; then
	  uid=1000; [ -n "$system" ] && uid=100
	  while cut -d: -f3 /etc/passwd | grep -qx "$uid"; do uid=$((uid + 1)); done
	fi
	if [ -n "$group" ]; then
	  gid=$(grep "^$group:" /etc/group | cut -d: -f3)
	  [ -n "$gid" ] || { echo "adduser: unknown group $group" >&2; exit 1; }
	elif [ -n "$system" ]; then gid=65533
	else gid=$uid; echo "$1:x:$gid:" >>/etc/group
	fi
	[ -n "$shell" ] || { shell=/bin/sh; [ -n "$system" ] && shell=/sbin/nologin; }
	echo "$1:x:$uid:$gid:\${gecos:-$1}:\${home:-/home/$1}:$shell" >>/etc/passwd
	echo "$1:!:0:0:99999:7:::" >>/etc/shadow
	if [ -z "$nohome" ]; then mkdir -p "\${home:-/home/$1}" && chown "$uid:$gid" "\${home:-/home/$1}"; fi
	
777 0:0 0 /bin/adjtimex -> /bin/busybox
777 0:0 0 /bin/ar -> /bin/busybox
777 0:0 0 /bin/arch -> /bin/busybox
777 0:0 0 /bin/arp -> /bin/busybox
777 0:0 0 /bin/arping -> /bin/busybox
777 0:0 0 /bin/ascii -> /bin/busybox
777 0:0 0 /bin/ash -> /bin/busybox
777 0:0 0 /bin/awk -> /bin/busybox
777 0:0 0 /bin/base64 -> /bin/busybox
777 0:0 0 /bin/basename -> /bin/busybox
777 0:0 0 /bin/bc -> /bin/busybox
777 0:0 0 /bin/blkdiscard -> /bin/busybox
777 0:0 0 /bin/blockdev -> /bin/busybox
777 0:0 0 /bin/brctl -> /bin/busybox
777 0:0 0 /bin/bunzip2 -> /bin/busybox
755 0:0 2063232 /bin/busybox
777 0:0 0 /bin/bzcat -> /bin/busybox
777 0:0 0 /bin/bzip2 -> /bin/busybox
777 0:0 0 /bin/cal -> /bin/busybox
777 0:0 0 /bin/cat -> /bin/busybox
777 0:0 0 /bin/chattr -> /bin/busybox
777 0:0 0 /bin/chgrp -> /bin/busybox
777 0:0 0 /bin/chmod -> /bin/busybox
777 0:0 0 /bin/chown -> /bin/busybox
777 0:0 0 /bin/chroot -> /bin/busybox
777 0:0 0 /bin/chvt -> /bin/busybox
777 0:0 0 /bin/clear -> /bin/busybox
777 0:0 0 /bin/cmp -> /bin/busybox
777 0:0 0 /bin/cp -> /bin/busybox
777 0:0 0 /bin/cpio -> /bin/busybox
777 0:0 0 /bin/crc32 -> /bin/busybox
777 0:0 0 /bin/crond -> /bin/busybox
777 0:0 0 /bin/crontab -> /bin/busybox
777 0:0 0 /bin/cttyhack -> /bin/busybox
777 0:0 0 /bin/cut -> /bin/busybox
777 0:0 0 /bin/date -> /bin/busybox
777 0:0 0 /bin/dc -> /bin/busybox
777 0:0 0 /bin/dd -> /bin/busybox
777 0:0 0 /bin/deallocvt -> /bin/busybox
777 0:0 0 /bin/depmod -> /bin/busybox
777 0:0 0 /bin/devmem -> /bin/busybox
777 0:0 0 /bin/df -> /bin/busybox
777 0:0 0 /bin/diff -> /bin/busybox
777 0:0 0 /bin/dirname -> /bin/busybox
777 0:0 0 /bin/dmesg -> /bin/busybox
777 0:0 0 /bin/dnsdomainname -> /bin/busybox
777 0:0 0 /bin/dos2unix -> /bin/busybox
777 0:0 0 /bin/dpkg -> /bin/busybox
777 0:0 0 /bin/dpkg-deb -> /bin/busybox
777 0:0 0 /bin/du -> /bin/busybox
777 0:0 0 /bin/dumpkmap -> /bin/busybox
777 0:0 0 /bin/dumpleases -> /bin/busybox
777 0:0 0 /bin/echo -> /bin/busybox
777 0:0 0 /bin/ed -> /bin/busybox
777 0:0 0 /bin/egrep -> /bin/busybox
777 0:0 0 /bin/env -> /bin/busybox
777 0:0 0 /bin/expand -> /bin/busybox
777 0:0 0 /bin/expr -> /bin/busybox
777 0:0 0 /bin/factor -> /bin/busybox
777 0:0 0 /bin/fallocate -> /bin/busybox
777 0:0 0 /bin/false -> /bin/busybox
777 0:0 0 /bin/fatattr -> /bin/busybox
777 0:0 0 /bin/fdisk -> /bin/busybox
777 0:0 0 /bin/fgrep -> /bin/busybox
777 0:0 0 /bin/find -> /bin/busybox
777 0:0 0 /bin/findfs -> /bin/busybox
777 0:0 0 /bin/fold -> /bin/busybox
777 0:0 0 /bin/free -> /bin/busybox
777 0:0 0 /bin/freeramdisk -> /bin/busybox
777 0:0 0 /bin/fsfreeze -> /bin/busybox
777 0:0 0 /bin/fstrim -> /bin/busybox
777 0:0 0 /bin/ftpget -> /bin/busybox
777 0:0 0 /bin/ftpput -> /bin/busybox
777 0:0 0 /bin/getfattr -> /bin/busybox
777 0:0 0 /bin/getopt -> /bin/busybox
777 0:0 0 /bin/getty -> /bin/busybox
777 0:0 0 /bin/grep -> /bin/busybox
777 0:0 0 /bin/groups -> /bin/busybox
777 0:0 0 /bin/gunzip -> /bin/busybox
777 0:0 0 /bin/gzip -> /bin/busybox
777 0:0 0 /bin/halt -> /bin/busybox
777 0:0 0 /bin/head -> /bin/busybox
777 0:0 0 /bin/hexdump -> /bin/busybox
777 0:0 0 /bin/hostid -> /bin/busybox
777 0:0 0 /bin/hostname -> /bin/busybox
777 0:0 0 /bin/httpd -> /bin/busybox
777 0:0 0 /bin/hwclock -> /bin/busybox
777 0:0 0 /bin/i2cdetect -> /bin/busybox
777 0:0 0 /bin/i2cdump -> /bin/busybox
777 0:0 0 /bin/i2cget -> /bin/busybox
777 0:0 0 /bin/i2cset -> /bin/busybox
777 0:0 0 /bin/i2ctransfer -> /bin/busybox
777 0:0 0 /bin/id -> /bin/busybox
777 0:0 0 /bin/ifconfig -> /bin/busybox
777 0:0 0 /bin/ifdown -> /bin/busybox
777 0:0 0 /bin/ifup -> /bin/busybox
777 0:0 0 /bin/init -> /bin/busybox
777 0:0 0 /bin/insmod -> /bin/busybox
777 0:0 0 /bin/install -> /bin/busybox
777 0:0 0 /bin/ionice -> /bin/busybox
777 0:0 0 /bin/ip -> /bin/busybox
777 0:0 0 /bin/ipcalc -> /bin/busybox
777 0:0 0 /bin/kill -> /bin/busybox
777 0:0 0 /bin/killall -> /bin/busybox
777 0:0 0 /bin/klogd -> /bin/busybox
777 0:0 0 /bin/last -> /bin/busybox
777 0:0 0 /bin/less -> /bin/busybox
777 0:0 0 /bin/link -> /bin/busybox
777 0:0 0 /bin/linux32 -> /bin/busybox
777 0:0 0 /bin/linux64 -> /bin/busybox
777 0:0 0 /bin/linuxrc -> /bin/busybox
777 0:0 0 /bin/ln -> /bin/busybox
777 0:0 0 /bin/loadfont -> /bin/busybox
777 0:0 0 /bin/loadkmap -> /bin/busybox
777 0:0 0 /bin/logger -> /bin/busybox
777 0:0 0 /bin/login -> /bin/busybox
777 0:0 0 /bin/logname -> /bin/busybox
777 0:0 0 /bin/logread -> /bin/busybox
777 0:0 0 /bin/losetup -> /bin/busybox
777 0:0 0 /bin/ls -> /bin/busybox
777 0:0 0 /bin/lsattr -> /bin/busybox
777 0:0 0 /bin/lsblk -> /bin/busybox
777 0:0 0 /bin/lsmod -> /bin/busybox
777 0:0 0 /bin/lsscsi -> /bin/busybox
777 0:0 0 /bin/lzcat -> /bin/busybox
777 0:0 0 /bin/lzma -> /bin/busybox
777 0:0 0 /bin/lzop -> /bin/busybox
777 0:0 0 /bin/md5sum -> /bin/busybox
777 0:0 0 /bin/mdev -> /bin/busybox
777 0:0 0 /bin/microcom -> /bin/busybox
777 0:0 0 /bin/mim -> /bin/busybox
777 0:0 0 /bin/mkdir -> /bin/busybox
777 0:0 0 /bin/mkdosfs -> /bin/busybox
777 0:0 0 /bin/mke2fs -> /bin/busybox
777 0:0 0 /bin/mkfifo -> /bin/busybox
777 0:0 0 /bin/mknod -> /bin/busybox
777 0:0 0 /bin/mkpasswd -> /bin/busybox
777 0:0 0 /bin/mkswap -> /bin/busybox
777 0:0 0 /bin/mktemp -> /bin/busybox
777 0:0 0 /bin/modinfo -> /bin/busybox
777 0:0 0 /bin/modprobe -> /bin/busybox
777 0:0 0 /bin/more -> /bin/busybox
777 0:0 0 /bin/mount -> /bin/busybox
777 0:0 0 /bin/mt -> /bin/busybox
777 0:0 0 /bin/mv -> /bin/busybox
777 0:0 0 /bin/nameif -> /bin/busybox
777 0:0 0 /bin/nbd-client -> /bin/busybox
777 0:0 0 /bin/nc -> /bin/busybox
777 0:0 0 /bin/netstat -> /bin/busybox
777 0:0 0 /bin/nl -> /bin/busybox
777 0:0 0 /bin/nologin -> /bin/busybox
777 0:0 0 /bin/nproc -> /bin/busybox
777 0:0 0 /bin/nsenter -> /bin/busybox
777 0:0 0 /bin/nslookup -> /bin/busybox
777 0:0 0 /bin/nuke -> /bin/busybox
777 0:0 0 /bin/od -> /bin/busybox
777 0:0 0 /bin/openvt -> /bin/busybox
777 0:0 0 /bin/partprobe -> /bin/busybox
777 0:0 0 /bin/passwd -> /bin/busybox
777 0:0 0 /bin/paste -> /bin/busybox
777 0:0 0 /bin/patch -> /bin/busybox
777 0:0 0 /bin/pidof -> /bin/busybox
777 0:0 0 /bin/ping -> /bin/busybox
777 0:0 0 /bin/ping6 -> /bin/busybox
777 0:0 0 /bin/pivot_root -> /bin/busybox
777 0:0 0 /bin/poweroff -> /bin/busybox
777 0:0 0 /bin/printf -> /bin/busybox
777 0:0 0 /bin/ps -> /bin/busybox
777 0:0 0 /bin/pwd -> /bin/busybox
777 0:0 0 /bin/rdate -> /bin/busybox
777 0:0 0 /bin/readlink -> /bin/busybox
777 0:0 0 /bin/realpath -> /bin/busybox
777 0:0 0 /bin/reboot -> /bin/busybox
777 0:0 0 /bin/renice -> /bin/busybox
777 0:0 0 /bin/reset -> /bin/busybox
777 0:0 0 /bin/resize -> /bin/busybox
777 0:0 0 /bin/resume -> /bin/busybox
777 0:0 0 /bin/rev -> /bin/busybox
777 0:0 0 /bin/rm -> /bin/busybox
777 0:0 0 /bin/rmdir -> /bin/busybox
777 0:0 0 /bin/rmmod -> /bin/busybox
777 0:0 0 /bin/route -> /bin/busybox
777 0:0 0 /bin/rpm -> /bin/busybox
777 0:0 0 /bin/rpm2cpio -> /bin/busybox
777 0:0 0 /bin/run-init -> /bin/busybox
777 0:0 0 /bin/run-parts -> /bin/busybox
777 0:0 0 /bin/sed -> /bin/busybox
777 0:0 0 /bin/seq -> /bin/busybox
777 0:0 0 /bin/setkeycodes -> /bin/busybox
777 0:0 0 /bin/setpriv -> /bin/busybox
777 0:0 0 /bin/setsid -> /bin/busybox
777 0:0 0 /bin/sh -> /bin/busybox
777 0:0 0 /bin/sha1sum -> /bin/busybox
777 0:0 0 /bin/sha256sum -> /bin/busybox
777 0:0 0 /bin/sha384sum -> /bin/busybox
777 0:0 0 /bin/sha3sum -> /bin/busybox
777 0:0 0 /bin/sha512sum -> /bin/busybox
777 0:0 0 /bin/shred -> /bin/busybox
777 0:0 0 /bin/shuf -> /bin/busybox
777 0:0 0 /bin/sleep -> /bin/busybox
777 0:0 0 /bin/sort -> /bin/busybox
777 0:0 0 /bin/ssl_client -> /bin/busybox
777 0:0 0 /bin/ssl_server -> /bin/busybox
777 0:0 0 /bin/start-stop-daemon -> /bin/busybox
777 0:0 0 /bin/stat -> /bin/busybox
777 0:0 0 /bin/strings -> /bin/busybox
777 0:0 0 /bin/stty -> /bin/busybox
777 0:0 0 /bin/su -> /bin/busybox
777 0:0 0 /bin/sulogin -> /bin/busybox
777 0:0 0 /bin/svc -> /bin/busybox
777 0:0 0 /bin/svok -> /bin/busybox
777 0:0 0 /bin/swapoff -> /bin/busybox
777 0:0 0 /bin/swapon -> /bin/busybox
777 0:0 0 /bin/switch_root -> /bin/busybox
777 0:0 0 /bin/sync -> /bin/busybox
777 0:0 0 /bin/sysctl -> /bin/busybox
777 0:0 0 /bin/syslogd -> /bin/busybox
777 0:0 0 /bin/tac -> /bin/busybox
777 0:0 0 /bin/tail -> /bin/busybox
777 0:0 0 /bin/tar -> /bin/busybox
777 0:0 0 /bin/taskset -> /bin/busybox
777 0:0 0 /bin/tc -> /bin/busybox
777 0:0 0 /bin/tee -> /bin/busybox
777 0:0 0 /bin/telnet -> /bin/busybox
777 0:0 0 /bin/telnetd -> /bin/busybox
777 0:0 0 /bin/test -> /bin/busybox
777 0:0 0 /bin/tftp -> /bin/busybox
777 0:0 0 /bin/time -> /bin/busybox
777 0:0 0 /bin/timeout -> /bin/busybox
777 0:0 0 /bin/top -> /bin/busybox
777 0:0 0 /bin/touch -> /bin/busybox
777 0:0 0 /bin/tr -> /bin/busybox
777 0:0 0 /bin/traceroute -> /bin/busybox
777 0:0 0 /bin/traceroute6 -> /bin/busybox
777 0:0 0 /bin/true -> /bin/busybox
777 0:0 0 /bin/truncate -> /bin/busybox
777 0:0 0 /bin/ts -> /bin/busybox
777 0:0 0 /bin/tty -> /bin/busybox
777 0:0 0 /bin/tunctl -> /bin/busybox
777 0:0 0 /bin/ubirename -> /bin/busybox
777 0:0 0 /bin/udhcpc -> /bin/busybox
777 0:0 0 /bin/udhcpc6 -> /bin/busybox
777 0:0 0 /bin/udhcpd -> /bin/busybox
777 0:0 0 /bin/uevent -> /bin/busybox
777 0:0 0 /bin/umount -> /bin/busybox
777 0:0 0 /bin/uname -> /bin/busybox
777 0:0 0 /bin/uncompress -> /bin/busybox
777 0:0 0 /bin/unexpand -> /bin/busybox
777 0:0 0 /bin/uniq -> /bin/busybox
777 0:0 0 /bin/unix2dos -> /bin/busybox
777 0:0 0 /bin/unlink -> /bin/busybox
777 0:0 0 /bin/unlzma -> /bin/busybox
777 0:0 0 /bin/unshare -> /bin/busybox
777 0:0 0 /bin/unxz -> /bin/busybox
777 0:0 0 /bin/unzip -> /bin/busybox
777 0:0 0 /bin/uptime -> /bin/busybox
777 0:0 0 /bin/usleep -> /bin/busybox
777 0:0 0 /bin/uudecode -> /bin/busybox
777 0:0 0 /bin/uuencode -> /bin/busybox
777 0:0 0 /bin/uuidgen -> /bin/busybox
777 0:0 0 /bin/vconfig -> /bin/busybox
777 0:0 0 /bin/vi -> /bin/busybox
777 0:0 0 /bin/vmstat -> /bin/busybox
777 0:0 0 /bin/w -> /bin/busybox
777 0:0 0 /bin/watch -> /bin/busybox
777 0:0 0 /bin/watchdog -> /bin/busybox
777 0:0 0 /bin/wc -> /bin/busybox
777 0:0 0 /bin/wget -> /bin/busybox
777 0:0 0 /bin/which -> /bin/busybox
777 0:0 0 /bin/who -> /bin/busybox
777 0:0 0 /bin/whoami -> /bin/busybox
777 0:0 0 /bin/xargs -> /bin/busybox
777 0:0 0 /bin/xxd -> /bin/busybox
777 0:0 0 /bin/xz -> /bin/busybox
777 0:0 0 /bin/xzcat -> /bin/busybox
777 0:0 0 /bin/yes -> /bin/busybox
777 0:0 0 /bin/zcat -> /bin/busybox
755 0:0 0 /dev/
555 0:0 0 /etc/
444 0:0 7 /etc/alpine-release
	3.22.2
	
444 0:0 131 /etc/group
	root:x:0:root
	bin:x:1:root,bin,daemon
	daemon:x:2:root,bin,daemon
	www-data:x:82:
	users:x:100:games
	nogroup:x:65533:
	nobody:x:65534:
	
444 0:0 188 /etc/os-release
	NAME="Alpine Linux"
	ID=alpine
	VERSION_ID=3.22.2
	PRETTY_NAME="Alpine Linux v3.22"
	HOME_URL="https://alpinelinux.org/"
	BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
	
444 0:0 248 /etc/passwd
	root:x:0:0:root:/root:/bin/sh
	bin:x:1:1:bin:/bin:/sbin/nologin
	daemon:x:2:2:daemon:/sbin:/sbin/nologin
	www-data:x:82:82:www-data:/home/www-data:/sbin/nologin
	guest:x:405:100:guest:/dev/null:/sbin/nologin
	nobody:x:65534:65534:nobody:/:/sbin/nologin
	
444 0:0 48 /etc/shadow
	root:*::0:::::
	nobody:!::0:::::
	guest:!::0:::::
	
755 0:0 0 /home/
755 0:0 0 /lib/
755 0:0 0 /media/
755 0:0 0 /mnt/
755 0:0 0 /opt/
755 0:0 0 /proc/
755 0:0 0 /root/
755 0:0 0 /run/
755 0:0 0 /sbin/
755 0:0 0 /srv/
755 0:0 0 /sys/
1777 0:0 0 /tmp/
755 0:0 0 /usr/
755 0:0 0 /usr/bin/
755 0:0 0 /usr/local/
755 0:0 0 /usr/local/bin/
755 0:0 0 /usr/sbin/
755 0:0 0 /var/
755 0:0 0 /var/log/
755 0:0 0 /var/tmp/`;
