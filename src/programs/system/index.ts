import type { ToolTable } from '../tool.ts';
import { fail, succeed } from './basic.ts';
import { cal, date, sleep, usleep } from './clock.ts';
import { test } from './condition.ts';
import { cp, install } from './copy.ts';
import { dd } from './dd.ts';
import { env, printenv } from './environment.ts';
import { find } from './find.ts';
import * as host from './host.ts';
import { getent, groups, id, logname, users, who, whoami } from './identity.ts';
import { kill, killall, pgrep, pidof, pkill } from './kill.ts';
import { ls } from './list.ts';
import { fallocate, link, mkdir, mkfifo, mknod, mktemp, sync, touch, truncate } from './make.ts';
import { dnsdomainname, halt, logger, nologin, openssl } from './misc.ts';
import { df, du, findmnt, mount, mountpoint, umount } from './mounts.ts';
import { ln, mv } from './move.ts';
import { basename, dirname, pwd, readlink, realpath, which } from './names.ts';
import { curl } from './network/curl.ts';
import { httpd } from './network/httpd.ts';
import { ip } from './network/ip.ts';
import { iptables } from './network/iptables.ts';
import * as legacy from './network/legacy.ts';
import { dig, host as hostLookup, nslookup } from './network/names.ts';
import { nc, telnet } from './network/nc.ts';
import { ping } from './network/ping.ts';
import { wget } from './network/wget.ts';
import { apk } from './packages/apk.ts';
import { aptGet } from './packages/apt.ts';
import { dpkg, dpkgQuery } from './packages/dpkg.ts';
import { chgrp, chmod, chown } from './permissions.ts';
import { ps } from './ps.ts';
import { rm, rmdir, unlink } from './remove.ts';
import * as run from './run.ts';
import { stat } from './stat.ts';
import { top } from './top.ts';
import * as accounts from './users.ts';

/** Tools that ask or change the system: files, users, processes, network. */
export const systemTools: ToolTable = {
  ...{ true: succeed, ':': succeed, false: fail, sleep, usleep, date, cal },
  ...{
    ls,
    rm,
    rmdir,
    unlink,
    cp,
    install,
    mv,
    ln,
    link,
    mkdir,
    touch,
    mktemp,
    mknod,
    mkfifo,
    truncate,
    fallocate,
    sync,
    dd,
  },
  ...{ chmod, chown, chgrp, stat, df, du, mount, umount, mountpoint, findmnt, find, test, '[': test, '[[': test },
  ...{ basename, dirname, pwd, readlink, realpath, which },
  ...{ id, groups, whoami, logname, who, w: host.uptime, users, getent },
  ...{ hostname: host.hostname, uname: host.uname, arch: host.arch, nproc: host.nproc, free: host.free },
  ...{ uptime: host.uptime, hostid: host.hostid, dmesg: host.dmesg, lscpu: host.lscpu, lsblk: host.lsblk },
  ...{ sysctl: host.sysctl, getconf: host.getconf, locale: host.locale, uuidgen: host.uuidgen },
  ...{ tty: host.tty, stty: host.stty, clear: host.clear, reset: host.clear },
  ...{ env, printenv, ps, top, kill, killall, pidof, pgrep, pkill },
  ...{ timeout: run.timeout, time: run.time, nohup: run.nohup, nice: run.nice, renice: run.renice, setsid: run.setsid },
  ...{ ionice: run.ionice, flock: run.flock, chroot: run.chroot, su: run.su, runuser: run.runuser, gosu: run.gosu },
  ...{
    ping,
    ping6: ping,
    wget,
    curl,
    nc,
    netcat: nc,
    telnet,
    httpd,
    nslookup,
    dig,
    host: hostLookup,
    ip,
    ifconfig: legacy.ifconfig,
  },
  ...{ route: legacy.route, netstat: legacy.netstat, ss: legacy.ss, arp: legacy.arp, traceroute: legacy.traceroute },
  ...{ traceroute6: legacy.traceroute, iptables, ip6tables: iptables },
  ...{ useradd: accounts.useradd, groupadd: accounts.groupadd, usermod: accounts.usermod, userdel: accounts.userdel },
  ...{ groupdel: accounts.groupdel, groupmod: accounts.groupmod, gpasswd: accounts.gpasswd, passwd: accounts.passwd },
  ...{
    chpasswd: accounts.chpasswd,
    chsh: accounts.chsh,
    apk,
    apt: aptGet,
    'apt-get': aptGet,
    dpkg,
    'dpkg-query': dpkgQuery,
  },
  ...{ nologin, halt, reboot: halt, poweroff: halt, dnsdomainname, logger, openssl },
  ...{ 'su-exec': run.suExec, setpriv: run.setpriv, capsh: run.capsh, unshare: run.unshare, nsenter: run.nsenter },
};
