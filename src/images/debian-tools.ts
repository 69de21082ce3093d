const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Programs of debian:trixie-slim for which there is a modelled tool, by the folder in which they lie. */
export const DEBIAN_TOOLS: Readonly<Record<'/usr/bin' | '/usr/sbin', readonly string[]>> = {
  '/usr/bin': words(`
  [ apt apt-get arch awk base64 basename cat chgrp chmod chown chsh cksum clear cmp comm cp cut date dd df diff
  dirname dmesg dpkg dpkg-query du echo egrep env expand expr factor fallocate false fgrep find findmnt flock fmt
  fold getconf getent gpasswd grep groups gunzip gzip head hostid hostname id install ionice join link ln locale
  logname ls lsblk lscpu mawk md5sum mkdir mkfifo mknod mktemp more mount mountpoint mv nice nl nohup nproc nsenter
  od passwd paste pidof printenv printf pwd readlink realpath renice reset rev rm rmdir sed seq setpriv setsid
  sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split stat stty su sync tac tail tar tee test
  timeout touch tr true truncate tty umount uname unexpand uniq unlink unshare users wc which who whoami xargs yes
  zcat
`),
  '/usr/sbin': words(`
  chpasswd chroot groupadd groupdel groupmod runuser useradd userdel usermod
`),
};
