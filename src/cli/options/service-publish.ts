import { parseCsv } from './csv.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';
import { parsePortRange, parsePortSpec } from './port-publish.ts';

/** A published port of a service (Engine API, EndpointPortConfig). */
export interface PortConfig {
  readonly Protocol: string;
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode: string;
}

/** The value of `docker service create --publish` (docker/cli, opts/swarmopts/port.go). Throws {@link OptionError}. */
export function parseServicePublish(value: string): PortConfig[] {
  return /\w=\w/.test(value) ? [longForm(value)] : shortForm(value);
}

function longForm(value: string): PortConfig {
  let config: PortConfig = { Protocol: 'tcp', TargetPort: 0, PublishMode: 'ingress' };
  for (const field of parseCsv(value)) {
    const [key, given] = cut(field.toLowerCase());
    if (given === undefined || key === '') throw new OptionError(`invalid field: ${field}`);
    if (key === 'protocol') {
      if (!['tcp', 'udp', 'sctp'].includes(given)) throw new OptionError(`invalid protocol value '${given}'`);
      config = { ...config, Protocol: given };
    } else if (key === 'mode') {
      if (!['ingress', 'host'].includes(given))
        throw new OptionError(`invalid publish mode value (${given}): must be either 'ingress' or 'host'`);
      config = { ...config, PublishMode: given };
    } else if (key === 'target') config = { ...config, TargetPort: port(given, 'target') };
    else if (key === 'published') config = { ...config, PublishedPort: port(given, 'published') };
    else throw new OptionError(`invalid field key: ${key}`);
  }
  if (config.TargetPort === 0) throw new OptionError("missing mandatory field 'target'");
  return config;
}

function port(text: string, what: string): number {
  const why = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 0xffff ? 'value out of range' : undefined;
  if (why) throw new OptionError(`invalid ${what} port (${text}): value must be an integer: ${why}`);
  return Number(text);
}

function shortForm(value: string): PortConfig[] {
  const mappings = parsePortSpec(value);
  if (mappings.some(({ hostIp }) => hostIp !== '')) throw new OptionError('hostip is not supported');
  return mappings.flatMap(({ containerPort, hostPort }) => {
    const [number, Protocol = 'tcp'] = containerPort.split('/');
    const one = { Protocol, TargetPort: Number(number), PublishMode: 'ingress' };
    if (hostPort === '') return [one];
    const [start, end] = parsePortRange(hostPort);
    return Array.from({ length: end - start + 1 }, (_, index) => ({ ...one, PublishedPort: start + index }));
  });
}
