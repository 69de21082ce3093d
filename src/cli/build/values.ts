import type { Directory } from '../../engine/files/node.ts';
import type { Kernel } from '../../engine/process/program.ts';
import { nodeAt } from './context.ts';
import { buildFailure, buildxError } from './failure.ts';

/** `KEY=VALUE` of --build-arg and --label; without `=` the value comes from the environment, or is left out. */
export function keyValues(
  values: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const text of values) {
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    if (key === '') throw buildxError(`invalid key-value pair ${JSON.stringify(text)}: empty key`);
    if (equals >= 0) result[key] = text.slice(equals + 1);
    else if (!environment) result[key] = '';
    else if (environment[key] !== undefined) result[key] = environment[key]!;
  }
  return result;
}

/** The fields of `id=x,src=y`. */
export function csv(text: string): string[] {
  return Array.from(text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll('""', '"'),
  );
}

/** What `--secret` gives: byte strings by id. Two steps, as buildx reports their errors differently. */
export function readSecrets(kernel: Kernel, specs: readonly string[]): Map<string, string> {
  const parsed = specs.map((spec) => {
    const secret = { id: '', file: '', env: '', type: '' };
    for (const field of csv(spec)) {
      const equals = field.indexOf('=');
      const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
      if (equals < 0) throw buildxError(`invalid field '${field}' must be a key=value pair`);
      const value = field.slice(equals + 1);
      if (key === 'type') {
        if (value !== 'file' && value !== 'env') throw buildxError(`unsupported secret type ${JSON.stringify(value)}`);
        secret.type = value;
      } else if (key === 'id') secret.id = value;
      else if (key === 'source' || key === 'src') secret.file = value;
      else if (key === 'env') secret.env = value;
      else throw buildxError(`unexpected key '${key}' in '${field}'`);
    }
    if (secret.type === 'env' && secret.env === '') return { ...secret, env: secret.file, file: '' };
    return secret;
  });
  const secrets = new Map<string, string>();
  for (const { id, file, env } of parsed) {
    if (id === '') throw buildFailure('secret missing ID');
    if (env !== '') {
      secrets.set(id, kernel.environment[env] ?? '');
      continue;
    }
    // Without a source, a variable of that name counts, then a file.
    const variable = file === '' ? kernel.environment[id] : undefined;
    if (variable !== undefined) {
      secrets.set(id, variable);
      continue;
    }
    const path = file || id;
    const node = nodeAt(kernel, path);
    if (node?.type !== 'file') throw buildFailure(`failed to stat ${path}: stat ${path}: no such file or directory`);
    secrets.set(id, node.data);
  }
  return secrets;
}

/** `NAME:ADDRESS` with `host-gateway` resolved. */
export function extraHosts(values: readonly string[], gateway: string): string[] {
  return values.map((text) => {
    const [, name = '', address = ''] = /^([^:=]*)[:=](.*)$/.exec(text) ?? [];
    if (name === '' || address === '') throw buildFailure(`invalid host ${text}`);
    const bare = address.replace(/^\[(.*)\]$/, '$1');
    return `${name}:${bare === 'host-gateway' ? gateway : bare}`;
  });
}

/** What `--build-context NAME=…` names: folders of the host, or images. */
export function namedContexts(kernel: Kernel, values: readonly string[]): Map<string, Directory | string> {
  const contexts = new Map<string, Directory | string>();
  for (const text of values) {
    const equals = text.indexOf('=');
    if (equals < 0) throw buildxError(`invalid context value: ${text}, expected key=value`);
    contexts.set(text.slice(0, equals), text.slice(equals + 1));
  }
  for (const [name, value] of contexts) {
    if (typeof value !== 'string' || /^(docker-image|https?|target|oci-layout):/.test(value)) continue;
    const node = nodeAt(kernel, value);
    if (!node) throw buildFailure(`failed to get build context ${name}: stat ${value}: no such file or directory`);
    if (node.type !== 'directory')
      throw buildFailure(`failed to get build context ${name}: ${value} is not a directory`);
    contexts.set(name, node);
  }
  return contexts;
}

/** Where a build's result goes. */
export interface Output {
  readonly type: string;
  readonly destination: string;
  readonly push: boolean;
}

const UNSUPPORTED: Readonly<Record<string, string>> = { oci: 'OCI', docker: 'Docker' };

/** Reads `--output`; the exporters that the docker driver lacks are refused. */
export function readOutputs(specs: readonly string[], load: boolean, push: boolean): Output[] {
  const outputs = specs.map((spec): Output => {
    if (!spec.includes('=') && spec !== '')
      return { type: spec === '-' ? 'tar' : 'local', destination: spec, push: false };
    let type = '';
    let destination = '';
    let pushed = false;
    for (const field of csv(spec)) {
      const [key = '', ...value] = field.split('=');
      if (value.length === 0) throw buildxError(`invalid value ${field}`);
      if (key.toLowerCase() === 'type') type = value.join('=');
      else if (key.toLowerCase() === 'dest') destination = value.join('=');
      else if (key.toLowerCase() === 'push') pushed = value.join('=') === 'true';
    }
    if (type === '') throw buildxError('type is required for output');
    return type === 'registry' ? { type: 'image', destination, push: true } : { type, destination, push: pushed };
  });
  if (outputs.length === 0) return [{ type: 'image', destination: '', push }];
  if (push || load)
    return outputs.map((output) => (output.type === 'image' ? { ...output, push: output.push || push } : output));
  return outputs;
}

/** Refuses what the exporters refuse. */
export function checkOutputs(outputs: readonly Output[]): void {
  for (const { type, destination } of outputs) {
    const name = UNSUPPORTED[type];
    if (name && (destination !== '' || type === 'oci'))
      throw buildFailure(
        `${name} exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/`,
      );
    if (type === 'local' && destination === '') throw buildFailure('dest is required for local exporter');
    if (!['image', 'docker', 'local', 'tar', 'cacheonly'].includes(type))
      throw buildFailure(`failed to solve: exporter ${JSON.stringify(type)} could not be found`);
  }
}
