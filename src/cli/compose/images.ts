import { imageOf, type Project, type Service } from '../../compose/project/project.ts';
import { eachService } from '../../compose/project/select.ts';
import { EngineError } from '../../engine/errors.ts';
import { pullImage } from '../../engine/images/pull.ts';
import { CliError } from '../command.ts';
import { type BuildOptions, buildServices } from './build.ts';
import { type Compose, daemonMessage } from './compose.ts';
import { together } from './concurrency.ts';
import { localImage } from './request.ts';

/** Images of services are there, or are fetched or built first (docker/compose, ensureImagesExists). */
export async function ensureImages(
  compose: Compose,
  project: Project,
  options: { readonly build: BuildOptions | undefined; readonly quietPull: boolean },
): Promise<void> {
  for (const [name, { image, build, provider }] of Object.entries(project.services))
    if (!image && !build && !provider)
      throw new CliError(`invalid service ${JSON.stringify(name)}. Must specify either image or build`);
  await pullRequired(compose, project, options.quietPull);
  const { build } = options;
  if (!build) return;
  const wanted = build.services.length > 0 ? build.services : Object.keys(project.services);
  const names = eachService(project, wanted, build.dependencies ? 'dependencies' : 'ignore').filter((name) => {
    const service = project.services[name]!;
    if (!service.build) return false;
    return service.pull_policy === 'build' || localImage(compose.engine, imageOf(service, project.name)) === undefined;
  });
  if (names.length > 0) await buildServices(compose, project, names, build);
}

function mustPull(compose: Compose, project: Project, service: Service): boolean {
  if (service.provider || !service.image) return false;
  const present = localImage(compose.engine, imageOf(service, project.name)) !== undefined;
  switch (service.pull_policy ?? 'missing') {
    case 'always':
      return true;
    case 'never':
    case 'build':
      return false;
    default:
      return !present;
  }
}

async function pullRequired(compose: Compose, project: Project, quiet: boolean): Promise<void> {
  const services = Object.values(project.services).filter((service) => mustPull(compose, project, service));
  await together(
    services.map((service) => () => pullService(compose, service, { quiet, buildable: willBeBuilt(project, service) })),
  );
}

/** Whether the service's image is built: for itself, or for another service that has the same. */
function willBeBuilt(project: Project, { build, image }: Service): boolean {
  return build !== undefined || Object.values(project.services).some((other) => other.build && other.image === image);
}

/** Fetches the image of a service; without it, a service whose image will be built is content. */
export async function pullService(
  { engine, progress }: Compose,
  service: Service,
  { quiet, buildable }: { readonly quiet: boolean; readonly buildable: boolean },
): Promise<void> {
  progress.detail(service.name, 'Pulling');
  try {
    await pullImage(engine, service.image!, {
      ...(service.platform === undefined ? {} : { platform: service.platform }),
      onProgress: ({ id, status }) => {
        if (!quiet && id !== undefined) progress.detail(id, status);
      },
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const message = daemonMessage(error);
    progress.detail(service.name, service.build ? 'Warning' : 'Error', error.message);
    if (buildable) return;
    throw new CliError(message);
  }
  progress.detail(service.name, 'Pulled');
}
