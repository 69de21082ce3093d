import type { Hook, Service } from '../../compose/project/project.ts';
import { decode } from '../../engine/bytes.ts';
import type { Container } from '../../engine/containers/container.ts';
import { createExec, startExec, waitExec } from '../../engine/containers/exec.ts';
import { CliError } from '../command.ts';
import type { Compose } from './compose.ts';
import { shortName } from './containers.ts';

/** Runs a hook of a service in its container. Throws when it fails (docker/compose, runHook). */
export async function runHook(
  { engine }: Compose,
  container: Container,
  service: Service,
  hook: Hook,
  log?: (source: string, line: string) => void,
): Promise<void> {
  const id = createExec(engine, container.id, {
    command: hook.command,
    ...(hook.user === undefined ? {} : { user: hook.user }),
    ...(hook.working_dir === undefined ? {} : { workingDirectory: hook.working_dir }),
    privileged: hook.privileged ?? false,
    environment: Object.entries(hook.environment ?? {}).map(([name, value]) =>
      value === null ? name : `${name}=${value}`,
    ),
  });
  let text = '';
  const stop = engine.listen(`exec ${id}`, (_stream, bytes) => {
    text += bytes;
  });
  try {
    await startExec(engine, id);
    const status = await waitExec(engine, id);
    const lines = decode(text).split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) log?.(`${shortName(container)} ->`, line);
    if (status !== 0) throw new CliError(`${service.name} hook exited with status ${status}`);
  } finally {
    stop();
  }
}
