import { encode } from '../../engine/bytes.ts';
import { dirname, resolve } from '../../engine/files/path.ts';
import { CliError } from '../command.ts';
import { commit as dockerCommit } from '../commands/container/commit.ts';
import { exportContainer } from '../commands/container/export.ts';
import { composeCommand } from './compose.ts';
import { specifiedContainer } from './containers.ts';

/** `docker compose export`: as `docker export`, of a service's container. */
export const exportOne = composeCommand((compose) => {
  const { context, engine } = compose;
  const { flags } = context;
  const [service = ''] = context.args;
  const index = flags.number('index');
  const container = specifiedContainer(engine, compose.projectName(), 'exclude', true, service, index);
  const output = flags.string('output');
  const folder = dirname(output);
  if (output.includes('/') && context.kernel.files.stat(resolve(compose.cwd, encode(folder))) === undefined)
    throw new CliError(
      `failed to export container: invalid output path: directory ${JSON.stringify(folder)} does not exist`,
    );
  // Of the end of it the plugin does not tell.
  compose.progress.detail(container.name, `export ${container.name} to ${output}`, 'Exporting');
  return exportContainer({ ...context, args: [container.id] });
});

/** `docker compose commit`: as `docker commit`, of a service's container. */
export const commit = composeCommand(async (compose) => {
  const { context, engine } = compose;
  const [service = '', ...reference] = context.args;
  const index = context.flags.number('index');
  const container = specifiedContainer(engine, compose.projectName(), 'exclude', true, service, index);
  compose.progress.detail(container.name, `Commit ${container.name}`, 'Committing');
  let id = '';
  await dockerCommit({
    ...context,
    args: [container.id, ...reference],
    out: (text) => {
      id = text.trim();
    },
  });
  compose.progress.detail(container.name, `Commit ${container.name}`, `Committed as ${id}`);
  return 0;
});
