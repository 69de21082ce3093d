import { withSelectedServices } from '../../compose/project/select.ts';
import { EngineError } from '../../engine/errors.ts';
import { pushImage } from '../../engine/images/pull.ts';
import { parseNormalized } from '../../engine/images/reference.ts';
import { CliError } from '../command.ts';
import { composeCommand, daemonMessage } from './compose.ts';
import { together } from './concurrency.ts';
import { pullService } from './images.ts';
import { localImage } from './request.ts';

/** `docker compose pull`. */
export const pull = composeCommand(async (compose) => {
  const { flags, args, engine, err } = compose.context;
  let { project } = compose.load(args, { resolveEnvironment: false });
  if (!flags.boolean('include-deps')) project = withSelectedServices(project, args, 'ignore');
  const policy = flags.string('policy');
  const pulling = new Map<string, string>();
  const mustBuild: string[] = [];
  const errors: string[] = [];
  const tasks: (() => Promise<void>)[] = [];
  const skip = (name: string, text: string) => compose.progress.detail(name, text);
  for (const service of Object.values(project.services)) {
    const { name, image, build } = service;
    if (!image) {
      skip(name, 'Skipped - No image to be pulled');
      continue;
    }
    const wanted = policy === '' ? service.pull_policy : policy;
    if (wanted === 'never' || wanted === 'build') {
      skip(name, 'Skipped');
      continue;
    }
    if ((wanted === 'missing' || wanted === 'if_not_present') && isPresent(image)) {
      skip(name, 'Skipped - Image is already present locally');
      continue;
    }
    if (build && flags.boolean('ignore-buildable')) {
      skip(name, 'Skipped - Image can be built');
      continue;
    }
    const other = pulling.get(image);
    if (other !== undefined) {
      skip(name, `Skipped - Image is already being pulled by ${other}`);
      continue;
    }
    pulling.set(image, name);
    tasks.push(async () => {
      try {
        await pullService(compose, service, { quiet: flags.boolean('quiet'), buildable: false });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(error.message);
        if (build) mustBuild.push(name);
        else if (!flags.boolean('ignore-pull-failures')) throw error;
      }
    });
  }
  try {
    await together(tasks);
  } finally {
    if (mustBuild.length > 0)
      err(
        `WARNING: Some service image(s) must be built from source by running:\n    docker compose build ${mustBuild.join(' ')}\n`,
      );
  }
  if (errors.length > 0 && !flags.boolean('ignore-pull-failures')) throw new CliError(errors.join('\n'));
  return 0;

  function isPresent(image: string): boolean {
    if (localImage(engine, image) === undefined) return false;
    try {
      return (parseNormalized(image).tag ?? 'latest') !== 'latest';
    } catch {
      return false;
    }
  }
});

/** `docker compose push`. */
export const push = composeCommand(async (compose) => {
  const { flags, args, engine, err } = compose.context;
  let { project } = compose.load(args, { resolveEnvironment: false });
  if (!flags.boolean('include-deps')) project = withSelectedServices(project, args, 'ignore');
  const tasks: (() => Promise<void>)[] = [];
  for (const { name, image, build } of Object.values(project.services)) {
    if (!build || !image) {
      compose.progress.detail(name, 'Skipped');
      continue;
    }
    for (const tag of [image, ...(build.tags ?? [])])
      tasks.push(async () => {
        try {
          await pushImage(engine, tag, ({ id, status }) => {
            if (!flags.boolean('quiet') && id !== undefined) compose.progress.detail(`${tag}: ${id}`, status);
          });
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          if (!flags.boolean('ignore-push-failures')) throw new CliError(error.message);
          err(`Pushing ${name}: ${daemonMessage(error)}\n`);
        }
      });
  }
  await together(tasks);
  return 0;
});
