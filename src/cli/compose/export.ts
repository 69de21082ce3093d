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
  const text = `export ${container.name} to ${flags.string('output')}`;
  compose.progress.detail(container.name, text, 'Exporting');
  const status = exportContainer({ ...context, args: [container.id] });
  compose.progress.detail(container.name, text, 'Exported');
  return status;
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
