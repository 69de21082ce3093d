import type { Project } from '../../compose/project/project.ts';
import { getService } from '../../compose/project/select.ts';
import { CliError } from '../command.ts';

/** Does several things at a time and waits for all; throws what failed first (Go, errgroup). */
export async function together(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  let failed = false;
  let failure: unknown;
  await Promise.all(
    tasks.map(async (task) => {
      try {
        await task();
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
      }
    }),
  );
  if (failed) throw failure;
}

/** Lets the others of things done at a time ask too before the answer is taken. */
export const asked = (): Promise<void> => Promise.resolve();

function edges(project: Project): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [name, service] of Object.entries(project.services)) {
    const own: string[] = [];
    for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
      if (dependency in project.services) own.push(dependency);
      else if (required) {
        const disabled = project.disabled[dependency];
        if (disabled)
          throw new CliError(
            `service ${dependency} is required by ${name} but is disabled. Can be enabled by profiles [${(disabled.profiles ?? []).join(' ')}]`,
          );
        throw new CliError(`could not find ${dependency}: not found`);
      }
    }
    children.set(name, own);
  }
  return children;
}

/** Visits services, each when those are done that it depends on (`up`), or that depend on it (`down`); the others at a time. */
export async function inOrder(
  project: Project,
  direction: 'up' | 'down',
  visit: (name: string) => Promise<unknown>,
): Promise<void> {
  const children = edges(project);
  const names = [...children.keys()].sort();
  const before = (name: string) =>
    direction === 'up' ? children.get(name)! : names.filter((other) => children.get(other)!.includes(name));
  let stopped = false;
  const visits = new Map<string, Promise<boolean>>();
  let failure: unknown;
  const run = (name: string): Promise<boolean> => {
    const known = visits.get(name);
    if (known) return known;
    const own = (async () => {
      const ready = await Promise.all(before(name).map(run));
      if (stopped || ready.includes(false)) return false;
      try {
        await visit(name);
        return true;
      } catch (error) {
        if (!stopped) failure = error;
        stopped = true;
        return false;
      }
    })();
    visits.set(name, own);
    return own;
  };
  await Promise.all(names.map(run));
  if (stopped) throw failure;
}

/** A service as commands ask for it: `no such service: x: not found`. */
export const serviceOf = getService;
