import type { PortBinding } from '../../../engine/containers/container.ts';
import type { FlagValues } from '../../flags.ts';
import { OptionError } from '../../options/option-error.ts';
import { parsePortRange, parsePortSpec, splitProtocol, toShortSyntax } from '../../options/port-publish.ts';

export interface PortOptions {
  /** `80/tcp` of what is published or exposed. */
  readonly exposed: Readonly<Record<string, object>>;
  readonly bindings: Readonly<Record<string, readonly PortBinding[]>>;
}

/** Ports that `-p` and `--expose` ask for. Throws {@link OptionError}. */
export function portOptions(flags: FlagValues): PortOptions {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, PortBinding[]> = {};
  for (const value of flags.list('publish').map(toShortSyntax))
    for (const { containerPort, hostIp, hostPort } of parsePortSpec(value)) {
      exposed[containerPort] = {};
      bindings[containerPort] = [...(bindings[containerPort] ?? []), { HostIp: hostIp, HostPort: hostPort }];
    }
  for (const value of flags.list('expose')) for (const port of exposedPorts(value)) exposed[port] = {};
  return { exposed, bindings };
}

function exposedPorts(value: string): string[] {
  if (value.includes(':')) throw new OptionError(`invalid port format for --expose: ${value}`);
  const [protocol, text] = splitProtocol(value);
  try {
    const [start, end] = parsePortRange(text);
    return Array.from({ length: end - start + 1 }, (_, index) => `${start + index}/${protocol}`);
  } catch (error) {
    throw new OptionError(`invalid range format for --expose: ${value}, error: ${(error as Error).message}`);
  }
}
