import { commandText, portsOf } from '../cli/commands/container/row.ts';
import { statusText } from '../cli/commands/container/status.ts';
import type { Container } from '../engine/containers/container.ts';
import { given, goMap } from '../engine/containers/json.ts';
import { containerSizes } from '../engine/containers/list.ts';
import type { Engine } from '../engine/engine.ts';
import type { ImageSummary } from '../engine/images/list.ts';
import { type JsonObject, NIL_MAP } from '../engine/json.ts';
import { endpointSettings } from '../engine/networks/settings.ts';

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** A container as `GET /containers/json` lists it (Engine API, ContainerSummary). */
export function containerSummary(engine: Engine, container: Container, sized: boolean): JsonObject {
  const { id, name, config, image, created, state, hostConfig, networks, mounts } = container;
  const size = sized ? containerSizes(engine, id) : undefined;
  return given({
    ...{ Id: id, Names: [`/${name}`], Image: config.Image, ImageID: image, Command: commandText(container) },
    Created: seconds(created),
    Ports: portsOf(container).map(({ IP, PrivatePort, PublicPort, Type }) =>
      given({ IP, PrivatePort, PublicPort, Type }),
    ),
    ...{ SizeRw: size?.rw, SizeRootFs: size?.rootFs, Labels: goMap(config.Labels) },
    ...{ State: state.status, Status: statusText(state, engine.state.now) },
    HostConfig: { NetworkMode: hostConfig.NetworkMode },
    NetworkSettings: {
      Networks: new Map(
        Object.entries(networks).map(([network, endpoint]) => [
          network,
          endpointSettings(container, network, endpoint),
        ]),
      ),
    },
    Mounts: mounts.map(({ Type, Name, Source, Destination, Driver, Mode, RW, Propagation }) =>
      given({ Type, Name, Source, Destination, Driver, Mode, RW, Propagation }),
    ),
  });
}

/** An image as `GET /images/json` lists it (Engine API, ImageSummary). */
export function imageSummary({
  id,
  created,
  config,
  parent,
  tags,
  digests,
  size,
  containers,
}: ImageSummary): JsonObject {
  return {
    ...{ Containers: containers, Created: seconds(created), Id: id },
    Labels: config.Labels ? goMap(config.Labels) : NIL_MAP,
    ...{ ParentId: parent, RepoDigests: digests, RepoTags: tags, SharedSize: -1, Size: size },
  };
}
