/** Names of containers and volumes have two characters or more (moby, daemon/names). */
const RESTRICTED = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Whether a container may have this name; one leading slash does not count. */
export function isContainerName(name: string): boolean {
  return RESTRICTED.test(name.replace(/^\//, ''));
}

/** Whether a volume of the driver `local` may have this name. */
export function isVolumeName(name: string): boolean {
  return RESTRICTED.test(name);
}
