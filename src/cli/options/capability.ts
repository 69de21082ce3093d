/** The one form of a capability's name, `CAP_NET_ADMIN` or `ALL`; whether it exists is for the engine to say. */
export function normalizeCapability(value: string): string {
  const name = value.trim().toUpperCase();
  return name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`;
}
