/** Names of the tools that lie in /usr/bin of the modelled host. A list, so that the host stands before its programs are loaded. */
export const HOST_TOOLS: readonly string[] = `
  : [ apk apt apt-get arch arp awk base64 basename cal capsh cat chgrp chmod chown chpasswd chroot chsh
  cksum clear cmp column comm cp curl cut date dd df diff dig dirname dmesg dnsdomainname dos2unix dpkg
  dpkg-query du echo egrep env envsubst expand expr factor fallocate false fgrep find findmnt flock fmt
  fold free getconf getent gosu gpasswd grep groupadd groupdel groupmod groups gunzip gzip halt hd head
  hexdump host hostid hostname id ifconfig install ionice ip ip6tables iptables join jq kill killall less
  link ln locale logger logname ls lsblk lscpu mawk md5sum mkdir mkfifo mknod mktemp more mount mountpoint
  mv nc netcat netstat nice nl nohup nologin nproc nsenter nslookup od openssl passwd paste pgrep pidof
  ping ping6 pkill poweroff printenv printf ps pwd readlink realpath reboot renice reset rev rm rmdir route
  runuser sed seq setpriv setsid sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split ss
  stat strings stty su su-exec sync sysctl tac tail tar tee telnet test time timeout top touch tr
  traceroute traceroute6 true truncate tty umount uname unexpand uniq unix2dos unlink unshare uptime
  useradd userdel usermod users usleep uuidgen w wc wget which who whoami xargs xxd yes zcat
`
  .trim()
  .split(/\s+/);
