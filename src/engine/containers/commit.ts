import type { Engine } from '../engine.ts';
import { apply } from '../files/layer.ts';
import { directory } from '../files/node.ts';
import type { ImageConfig } from '../images/image.ts';
import { baseImage } from '../images/layers.ts';
import { addImage, addLayer, imageTree, tagImage } from '../images/store.ts';
import { SERVER_VERSION } from '../system/version.ts';
import type { Container } from './container.ts';
import { writableLayer } from './diff.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';

export interface CommitOptions {
  readonly reference?: string;
  readonly author?: string;
  readonly message?: string;
  readonly pause?: boolean;
  /** Fields that replace the container's own. */
  readonly config?: Partial<ImageConfig>;
}

/** Makes an image of a container's files and configuration; its id. */
export function commitContainer(engine: Engine, ref: string, options: CommitOptions = {}): string {
  const container = findContainer(engine, ref);
  // No time passes meanwhile, so that nothing has to be frozen; it is told all the same.
  const paused = options.pause !== false && container.state.status === 'running';
  if (paused) containerEvent(engine, container, 'pause');
  const base = baseImage(engine.state, container.image);
  const tree = apply(base ? imageTree(engine, base) : directory(), writableLayer(engine, container));
  const below = base?.layers.at(-1) ?? '';
  const chain = addLayer(engine, below, { tree });
  const image = addImage(engine, {
    config: { ...imageConfig(container), ...options.config },
    history: [
      ...(base?.history ?? []),
      {
        created: engine.state.now,
        createdBy: [container.path, ...container.args].join(' '),
        comment: options.message ?? '',
        ...(options.author ? { author: options.author } : {}),
        emptyLayer: false,
      },
    ],
    layers: [...(base?.layers ?? []), chain],
    author: options.author ?? '',
    comment: options.message ?? '',
    parent: engine.state.images.has(container.image) ? container.image : '',
    dockerVersion: SERVER_VERSION,
  });
  engine.event('image', 'create', image.id, { ...image.config.Labels, name: image.id });
  if (options.reference) tagImage(engine, image.id, options.reference);
  containerEvent(engine, container, 'commit', {
    comment: options.message ?? '',
    imageID: image.id,
    imageRef: options.reference ?? '',
  });
  if (paused) containerEvent(engine, container, 'unpause');
  return image.id;
}

function imageConfig({ config }: Container): ImageConfig {
  const {
    User,
    ExposedPorts,
    Env,
    Entrypoint,
    Cmd,
    Volumes,
    WorkingDir,
    Labels,
    StopSignal,
    Healthcheck,
    OnBuild,
    Shell,
  } = config;
  return {
    ...(User ? { User } : {}),
    ...(ExposedPorts ? { ExposedPorts } : {}),
    Env,
    ...(Entrypoint ? { Entrypoint } : {}),
    ...(Cmd ? { Cmd } : {}),
    ...(Volumes ? { Volumes } : {}),
    ...(WorkingDir ? { WorkingDir } : {}),
    ...(Object.keys(Labels).length > 0 ? { Labels } : {}),
    ...(StopSignal ? { StopSignal } : {}),
    ...(Healthcheck ? { Healthcheck } : {}),
    ...(OnBuild ? { OnBuild } : {}),
    ...(Shell ? { Shell } : {}),
  };
}
