import { digest } from '../digest.ts';
import type { EngineState } from '../state.ts';
import { formatTime } from '../time.ts';
import { goJson, ociConfig } from './config.ts';
import type { Image, ImageConfig } from './image.ts';

/** A configuration as Docker wrote it before there was OCI's: all fields, also empty ones. */
function wholeConfig(config: ImageConfig) {
  const { ExposedPorts, Healthcheck, ArgsEscaped, StopSignal, Shell, ...own } = ociConfig(config);
  return {
    ...{ Hostname: '', Domainname: '', User: own['User'] ?? '' },
    ...{ AttachStdin: false, AttachStdout: false, AttachStderr: false },
    ...(ExposedPorts === undefined ? {} : { ExposedPorts }),
    ...{ Tty: false, OpenStdin: false, StdinOnce: false, Env: own['Env'] ?? null, Cmd: own['Cmd'] ?? null },
    ...(Healthcheck === undefined ? {} : { Healthcheck }),
    ...(ArgsEscaped === undefined ? {} : { ArgsEscaped }),
    ...{ Image: '', Volumes: own['Volumes'] ?? null, WorkingDir: own['WorkingDir'] ?? '' },
    ...{ Entrypoint: own['Entrypoint'] ?? null, OnBuild: own['OnBuild'] ?? null, Labels: own['Labels'] ?? null },
    ...(StopSignal === undefined ? {} : { StopSignal }),
    ...(Shell === undefined ? {} : { Shell }),
  };
}

/**
 * What `docker save` writes for each layer beside it, for Docker before 1.10, where layers were images: one JSON text a layer
 * (moby, image/tarexport/save.go).
 */
export function legacyConfigs(state: EngineState, image: Image): string[] {
  let parent = '';
  return image.layers.map((chain, index) => {
    const last = index === image.layers.length - 1;
    const { author, comment, config, architecture, os, created } = image;
    const own = {
      ...(last && comment !== '' ? { comment } : {}),
      created: last ? formatTime(created) : '1970-01-01T00:00:00Z',
      container_config: wholeConfig({}),
      ...(last && author !== '' ? { author } : {}),
      ...(last ? { config: wholeConfig(config), architecture } : {}),
      os,
    };
    const id = digest(goJson({ ...own, layer_id: state.layers.get(chain)!.chainId, parent })).slice('sha256:'.length);
    const text = goJson({ id, ...(parent === '' ? {} : { parent }), ...own });
    parent = id;
    return text;
  });
}
