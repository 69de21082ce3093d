import type { Container } from '../../engine/containers/container.ts';
import { createExec, startExec, waitExec } from '../../engine/containers/exec.ts';
import { waitContainer } from '../../engine/containers/wait.ts';
import { EngineError } from '../../engine/errors.ts';
import { CliError } from '../command.ts';
import { attach as dockerAttach } from '../commands/container/attach.ts';
import { cp as dockerCp } from '../commands/container/cp.ts';
import { converse, OutputStream } from '../commands/container/streams.ts';
import { type Compose, composeCommand } from './compose.ts';
import { together } from './concurrency.ts';
import { projectContainers, specifiedContainer } from './containers.ts';
import { tearDown } from './down.ts';

/** `docker compose exec`. */
export const exec = composeCommand(async (compose) => {
  const { flags, args, engine } = compose.context;
  const [service = '', ...command] = args;
  const { project, name } = compose.projectOrName([]);
  const target = specifiedContainer(engine, name, 'include', false, service, flags.number('index'));
  const environment = flags.list('env').flatMap((one): string[] => {
    if (one.includes('=')) return [one];
    const value = project?.environment.get(one) ?? compose.variable(one);
    return value === undefined ? [] : [`${one}=${value}`];
  });
  const detach = flags.boolean('detach');
  const input = !detach;
  const id = createExec(engine, target.id, {
    ...{ command, environment, tty: false, openStdin: input },
    ...{ user: flags.string('user'), workingDirectory: flags.string('workdir') },
    privileged: flags.boolean('privileged'),
  });
  if (detach) {
    await startExec(engine, id);
    return 0;
  }
  if (compose.dryRun) throw new CliError('interactive exec is not supported in dry-run mode');
  return runAttached(compose, id, input);
});

async function runAttached({ context, engine }: Compose, id: string, input: boolean): Promise<number> {
  const output = new OutputStream(context, `exec ${id}`, { stdout: true, stderr: true });
  try {
    try {
      await startExec(engine, id);
    } catch (error) {
      // What runc says comes over the wire as the command's own output.
      const exitCode = engine.state.execs.get(id)?.exitCode;
      if (!(error instanceof EngineError) || !exitCode) throw error;
      context.kernel.output(`${error.message}\r\n`);
      throw new CliError('', exitCode);
    }
    const pid = engine.state.execs.get(id)?.pid;
    await converse(context, output, {
      ended: () => engine.state.execs.get(id)?.running !== true,
      ...(input ? { inputTo: () => pid } : {}),
    });
    return await waitExec(engine, id);
  } finally {
    output.close();
  }
}

/** `docker compose attach`. */
export const attach = composeCommand(async (compose) => {
  const { context, engine } = compose;
  const [service = ''] = context.args;
  const index = context.flags.number('index');
  const container = specifiedContainer(engine, compose.projectName(), 'include', false, service, index);
  const code = await dockerAttach({ ...context, args: [container.id] });
  // The plugin prints the message of its error, which is empty.
  if (code !== 0) context.err('\n');
  return code;
});

/** `docker compose cp`. */
export const cp = composeCommand(async (compose) => {
  const { context } = compose;
  const [source = '', destination = ''] = context.args;
  if (source === '') throw new CliError('source can not be empty');
  if (destination === '') throw new CliError('destination can not be empty');
  const from = split(source);
  const to = split(destination);
  if (from && to) throw new CliError('copying between services is not supported');
  const service = from?.service ?? to?.service;
  if (service === undefined) {
    compose.projectName();
    throw new CliError('unknown copy direction');
  }
  for (const container of targets(compose, service, from !== undefined)) {
    const text = from
      ? `copy ${container.name}:${from.path} to ${destination}`
      : `copy ${source} to ${container.name}:${to!.path}`;
    compose.progress.detail(container.name, text, 'Copying');
    const ends = from ? [`${container.id}:${from.path}`, destination] : [source, `${container.id}:${to!.path}`];
    await dockerCp({ ...context, args: ends, flags: quiet(context.flags) });
    compose.progress.detail(container.name, text, 'Copied');
  }
  return 0;
});

/** Compose tells of copies in its own way. */
function quiet(flags: Compose['context']['flags']): Compose['context']['flags'] {
  return {
    changed: (name) => name === 'quiet' || flags.changed(name),
    boolean: (name) => name === 'quiet' || flags.boolean(name),
    string: (name) => flags.string(name),
    number: (name) => flags.number(name),
    list: (name) => flags.list(name),
  };
}

function split(text: string): { readonly service: string; readonly path: string } | undefined {
  const colon = text.indexOf(':');
  if (text.startsWith('/') || colon < 0 || text.startsWith('.')) return undefined;
  return { service: text.slice(0, colon), path: text.slice(colon + 1) };
}

function targets(compose: Compose, service: string, first: boolean): Container[] {
  const { flags, engine } = compose.context;
  const name = compose.projectName();
  const index = flags.number('index');
  if (index > 0) return [specifiedContainer(engine, name, 'exclude', true, service, index)];
  const found = projectContainers(engine, name, flags.boolean('all') ? 'include' : 'exclude', true, [service]);
  if (found.length === 0) throw new CliError(`no container found for service ${JSON.stringify(service)}`);
  return first ? found.slice(0, 1) : found;
}

/** `docker compose wait`. */
export const wait = composeCommand(async (compose) => {
  const { args, out, engine, flags } = compose.context;
  const { name } = compose.projectOrName([]);
  const containers = projectContainers(engine, name, 'include', false, args);
  if (containers.length === 0) throw new CliError(`no containers for project ${JSON.stringify(name)}`);
  let status = 0;

  await together(
    containers.map(({ id }) => async () => {
      status = await waitContainer(engine, id);
      out(`container ${JSON.stringify(id)} exited with status code ${status}\n`);
    }),
  );
  if (flags.boolean('down-project')) {
    await tearDown(compose, name, {
      project: undefined,
      services: [],
      removeOrphans: true,
      images: '',
      volumes: false,
    });
  }
  return status;
});
