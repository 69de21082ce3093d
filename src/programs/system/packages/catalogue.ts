/** What a package brings. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Bytes of the archive, and KiB on the disk. */
  readonly size: number;
  readonly installed: number;
  /** Paths of its commands, with the modelled program in them; empty: a file that the model can't run. */
  readonly commands: Readonly<Record<string, string>>;
  readonly needs: readonly string[];
}

/** `name version size installed | commands | needs`; a command is `path` or `path=program`. */
function read(text: string, tool: string): ReadonlyMap<string, Package> {
  const list = text
    .trim()
    .split('\n')
    .map((line): Package => {
      const [head = '', commands = '', needs = ''] = line.split('|').map((part) => part.trim());
      const [name = '', version = '', size = '0', installed = '0'] = head.split(/\s+/);
      const pairs = commands
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word): [string, string] => {
          const [path = '', program = tool] = word.split('=');
          return [path, program];
        });
      return {
        ...{ name, version, size: Number(size), installed: Number(installed), commands: Object.fromEntries(pairs) },
        needs: needs.split(/\s+/).filter((word) => word !== ''),
      };
    });
  return new Map(list.map((entry) => [entry.name, entry]));
}

/** Packages of Debian 13 that tutorials install. */
export const DEBIAN = read(
  `
ca-certificates 20250419 162000 386 | /usr/sbin/update-ca-certificates= | openssl
openssl 3.5.4-1~deb13u1 1495000 2477 | /usr/bin/openssl= |
curl 8.14.1-2+deb13u2 270000 501 | /usr/bin/curl | libcurl4t64 ca-certificates
libcurl4t64 8.14.1-2+deb13u2 391000 972 | | libnghttp2-14
libnghttp2-14 1.64.0-1.1 76000 189 | |
wget 1.25.0-2 984000 3787 | /usr/bin/wget | ca-certificates
procps 4.0.4-9 882000 2455 | /usr/bin/ps /usr/bin/top /usr/bin/free /usr/bin/pgrep /usr/bin/pkill /usr/bin/kill /usr/bin/uptime /usr/bin/w /usr/sbin/sysctl | libproc2-0
libproc2-0 4.0.4-9 65000 175 | |
psmisc 23.7-2 269000 887 | /usr/bin/killall |
iputils-ping 20240905-3 50300 119 | /usr/bin/ping |
iproute2 6.15.0-1 1086000 3692 | /usr/sbin/ip /usr/bin/ss | libbpf1
libbpf1 1.5.0-3 171000 433 | |
net-tools 2.10-1.3 245000 902 | /usr/bin/netstat /usr/sbin/ifconfig /usr/sbin/route /usr/sbin/arp |
dnsutils 9.20.15-1~deb13u1 271000 294 | | bind9-dnsutils
bind9-dnsutils 9.20.15-1~deb13u1 424000 811 | /usr/bin/dig /usr/bin/nslookup | bind9-host
bind9-host 9.20.15-1~deb13u1 305000 390 | /usr/bin/host |
netcat-openbsd 1.229-1 43600 112 | /usr/bin/nc |
traceroute 2.1.6-1 60700 169 | /usr/bin/traceroute |
gosu 1.17-3 1014000 3175 | /usr/sbin/gosu |
tini 0.19.0-3 209000 750 | /usr/bin/tini=docker-init |
python3 3.13.5-1 28200 80 | /usr/bin/python3=python | python3.13
python3.13 3.13.5-2 757000 846 | /usr/bin/python3.13=python |
python3-pip 25.1.1+dfsg-1 1450000 7024 | /usr/bin/pip3= | python3
nginx 1.26.3-3+deb13u1 580000 1380 | /usr/sbin/nginx=nginx |
nginx-light 1.26.3-3+deb13u1 1800 20 | | nginx
redis-server 5:8.0.2-3 74000 246 | /usr/bin/redis-server=redis-server | redis-tools
redis-tools 5:8.0.2-3 1210000 6460 | /usr/bin/redis-cli=redis-cli |
jq 1.7.1-6 77500 154 | /usr/bin/jq |
tree 2.2.1-1 55900 124 | /usr/bin/tree |
less 668-1 163000 349 | /usr/bin/less |
xxd 2:9.1.1230-2 97000 311 | /usr/bin/xxd |
file 1:5.46-5 43700 98 | /usr/bin/file= |
vim 2:9.1.1230-2 1650000 4200 | /usr/bin/vim= |
nano 8.4-1 700000 3046 | /usr/bin/nano= |
git 1:2.47.3-0+deb13u1 8862000 49187 | /usr/bin/git= |
make 4.4.1-2 463000 1858 | /usr/bin/make= |
gcc 4:14.2.0-1 5000 48 | /usr/bin/gcc= |
build-essential 12.12 4624 18 | | gcc make
unzip 6.0-29 173000 409 | /usr/bin/unzip= |
sudo 1.9.16p2-3 2093000 6834 | /usr/bin/sudo= |
`,
  'gnu',
);

/** Packages of Alpine 3.22 that tutorials install. */
export const ALPINE = read(
  `
ca-certificates 20250911-r0 153000 684 | |
curl 8.14.1-r2 145000 272 | /usr/bin/curl=gnu | ca-certificates libcurl
libcurl 8.14.1-r2 293000 640 | | brotli-libs c-ares libidn2 libpsl nghttp2-libs zstd-libs
brotli-libs 1.1.0-r2 370000 844 | |
c-ares 1.34.5-r0 93000 216 | |
libidn2 2.3.7-r0 101000 212 | | libunistring
libunistring 1.3-r0 650000 1820 | |
libpsl 0.21.5-r3 73000 84 | |
nghttp2-libs 1.65.0-r0 80000 156 | |
zstd-libs 1.5.7-r0 312000 720 | |
bash 5.2.37-r0 460000 1292 | /bin/bash=bash | readline
readline 8.2.13-r1 128000 308 | | libncursesw
libncursesw 6.5_p20250503-r0 157000 404 | |
wget 1.25.0-r1 235000 520 | /usr/bin/wget=gnu | libidn2 pcre2
pcre2 10.46-r0 278000 656 | |
procps-ng 4.0.4-r3 286000 904 | /bin/ps=gnu /usr/bin/top=gnu /usr/bin/free=gnu /usr/bin/pgrep=gnu /usr/bin/pkill=gnu |
iputils 20240905-r0 97000 200 | /usr/bin/ping=gnu |
iproute2 6.15.0-r0 540000 1500 | /sbin/ip=gnu /bin/ss=gnu |
bind-tools 9.20.15-r0 220000 640 | /usr/bin/dig=gnu /usr/bin/nslookup /usr/bin/host=gnu |
coreutils 9.7-r1 520000 1400 | |
su-exec 0.2-r3 6000 24 | /sbin/su-exec=gnu |
tini 0.19.0-r3 14000 36 | /sbin/tini=docker-init |
jq 1.8.1-r0 190000 440 | /usr/bin/jq=gnu | oniguruma
oniguruma 6.9.10-r0 224000 560 | |
python3 3.12.12-r0 14000000 44000 | /usr/bin/python3=python |
nginx 1.28.0-r3 520000 1440 | /usr/sbin/nginx=nginx | pcre2
redis 8.0.4-r0 1800000 5200 | /usr/bin/redis-server=redis-server /usr/bin/redis-cli=redis-cli |
nodejs 22.16.0-r2 18000000 60000 | /usr/bin/node=node |
git 2.49.1-r0 3100000 9000 | /usr/bin/git= | libcurl pcre2
make 4.4.1-r3 190000 432 | /usr/bin/make= |
gcc 14.2.0-r6 52000000 140000 | /usr/bin/gcc= |
build-base 0.5-r3 1300 4 | | gcc make
tree 2.2.1-r0 30000 72 | /usr/bin/tree=gnu |
vim 9.1.1415-r0 1200000 3300 | /usr/bin/vim= |
openssl 3.5.4-r0 340000 760 | /usr/bin/openssl= |
tzdata 2025b-r0 400000 1500 | |
shadow 4.17.3-r0 200000 600 | /usr/sbin/useradd=gnu /usr/sbin/groupadd=gnu /usr/sbin/usermod=gnu |
`,
  'busybox',
);

/** A package and all that it needs, what is needed first. Names that the catalogue lacks are left out. */
export function withNeeds(catalogue: ReadonlyMap<string, Package>, names: readonly string[]): Package[] {
  const found = new Map<string, Package>();
  const visit = (name: string) => {
    const entry = catalogue.get(name);
    if (!entry || found.has(name)) return;
    for (const need of entry.needs) visit(need);
    found.set(name, entry);
  };
  for (const name of names) visit(name);
  return [...found.values()];
}
