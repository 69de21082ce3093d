/** Capabilities in the kernel's order; a set is a bit mask over their positions (capabilities(7)). */
export const CAPABILITIES = [
  ...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP'],
  ...['LINUX_IMMUTABLE', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK', 'IPC_OWNER'],
  ...['SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE'],
  ...['SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE', 'AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP'],
  ...['MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ', 'PERFMON', 'BPF'],
  'CHECKPOINT_RESTORE',
] as const;

/**
 * What root has on the modelled host: a virtual machine keeps the right to raise limits for itself, as many do.
 */
export const HOST_CAPABILITIES: readonly string[] = CAPABILITIES.filter((name) => name !== 'SYS_RESOURCE');

export type Capability = (typeof CAPABILITIES)[number];

/** What a container's root has without further ado (moby, oci/caps/defaults.go). */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP', 'SETPCAP'],
  ...['NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE'],
];

/** Who a process is, as far as access is decided by it. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
  /** Capabilities in effect, without the prefix CAP_. */
  readonly capabilities: readonly string[];
  /** The most that it or what it starts may get (the bounding set). */
  readonly bounding: readonly string[];
  readonly noNewPrivileges: boolean;
  /** Permissions that new files do not get; 0022 unless it says otherwise. */
  readonly umask?: number;
  /** System calls that a seccomp profile refuses. */
  readonly refusedCalls?: readonly string[];
  /** Who started it, where a set-user-id program has made it somebody else. */
  readonly realUid?: number;
}

/** Owner and group that a program's set-user-id and set-group-id bits give to who runs it. */
export interface Elevation {
  readonly uid?: number;
  readonly gid?: number;
}

/** Who a process is after it has executed a file with such bits (credentials(7), capabilities(7)). */
export function elevated(who: Credentials, to: Elevation | undefined): Credentials {
  if (!to || who.noNewPrivileges) return who;
  const { uid = who.uid, gid = who.gid } = to;
  const capabilities = uid === who.uid ? who.capabilities : uid === 0 ? who.bounding : [];
  return { ...who, uid, gid, capabilities, ...(uid === who.uid ? {} : { realUid: who.realUid ?? who.uid }) };
}

export const HOST_ROOT: Credentials = {
  uid: 0,
  gid: 0,
  groups: [0],
  capabilities: HOST_CAPABILITIES,
  bounding: HOST_CAPABILITIES,
  noNewPrivileges: false,
};

export function hasCapability(credentials: Credentials, name: Capability): boolean {
  return credentials.capabilities.includes(name);
}

/** A capability set as /proc/PID/status shows it: 16 hexadecimal digits. */
export function capabilityMask(names: readonly string[]): string {
  let mask = 0n;
  for (const [bit, name] of CAPABILITIES.entries()) if (names.includes(name)) mask |= 1n << BigInt(bit);
  return mask.toString(16).padStart(16, '0');
}
