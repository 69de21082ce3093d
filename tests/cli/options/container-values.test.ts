import { expect, it } from 'vitest';
import { parseDevice } from '../../../src/cli/options/device.ts';
import { parseKeyValueFile } from '../../../src/cli/options/env-file.ts';
import { parseEnvVar } from '../../../src/cli/options/env-var.ts';
import { parseFilters } from '../../../src/cli/options/filter.ts';
import { isMacAddress } from '../../../src/cli/options/mac-address.ts';
import { parseMountSpec } from '../../../src/cli/options/mount-spec.ts';
import { parseNetworkAttachment } from '../../../src/cli/options/network-attachment.ts';
import { parsePortSpec, toShortSyntax } from '../../../src/cli/options/port-publish.ts';
import { parseSecurityOptions } from '../../../src/cli/options/security-opt.ts';
import { parseVolumeSpec } from '../../../src/cli/options/volume-spec.ts';

it('variables take their values from the client where they are names alone', () => {
  expect(parseEnvVar('HOME', { HOME: '/root' })).toBe('HOME=/root');
  expect(parseEnvVar('NIX', {})).toBe('NIX');
  const file = 'A=1\r\n  B=2\n\n# note\nHOME\nNIX\nC=\n';
  expect(parseKeyValueFile('f', file, (name) => ({ HOME: '/root' })[name])).toEqual(['A=1', 'B=2', 'HOME=/root', 'C=']);
  expect(parseKeyValueFile('f', 'a\n')).toEqual(['a']);
  expect(() => parseKeyValueFile('f', 'a b=1\n')).toThrow("invalid env file (f): variable 'a b' contains whitespaces");
  expect(() => parseKeyValueFile('f', '=1\n')).toThrow("invalid env file (f): no variable name on line '=1'");
  expect(() => parseKeyValueFile('f', 'A=\xff\n')).toThrow(
    'invalid env file (f): invalid utf8 bytes at line 1: [65 61 255]',
  );
});

// What Engine 28.5 answers where its client is older than the vectors.
it('mounts are read as version 28.5 reads them', () => {
  expect(() => parseMountSpec('', '/')).toThrow('EOF');
  expect(() => parseMountSpec('type=volume,target=/foo,bogus=foo', '/')).toThrow(
    "unexpected key 'bogus' in 'bogus=foo'",
  );
  expect(() => parseMountSpec('type=volume,src =/foo,target=/foo', '/')).toThrow(
    "unexpected key 'src ' in 'src =/foo'",
  );
  expect(() => parseMountSpec('type=bind,target=/foo,readonly=no', '/')).toThrow('invalid value for readonly: no');
  expect(() => parseMountSpec('type=volume,source=a', '/')).toThrow('target is required');
  expect(parseMountSpec('type=bind,src=./a,dst=/b', '/root/lab').Source).toBe('/root/lab/a');
});

it('ports with IPv6 addresses need brackets', () => {
  expect(parsePortSpec('[::1]:80:80')).toEqual([{ containerPort: '80/tcp', hostIp: '::1', hostPort: '80' }]);
  expect(() => parsePortSpec('::1:80:80')).toThrow('Invalid ip address ::1: address ::1:: too many colons in address');
  expect(() => parsePortSpec('[::1:80:80')).toThrow("Invalid ip address [::1: address [::1:: missing ']' in address");
  expect(toShortSyntax('published=8080,target=80,protocol=udp')).toBe('8080:80/udp');
});

it('a letter before a colon is a drive of Windows to the client', () => {
  expect(parseVolumeSpec('data:/x:ro')).toEqual({ source: 'data', target: '/x', type: 'volume' });
  expect(parseVolumeSpec('./a:/x').type).toBe('bind');
  expect(parseVolumeSpec('x:/x').source).toBe('');
  expect(parseVolumeSpec('/x').source).toBe('');
  expect(() => parseVolumeSpec('/tmp:')).toThrow('invalid spec: /tmp:: empty section between colons');
  expect(() => parseVolumeSpec('')).toThrow('invalid empty volume spec');
});

it('networks have a long form', () => {
  const given = parseNetworkAttachment('name=net,alias=a,alias=b,ip=10.0.0.9,driver-opt=x=y,gw-priority=2');
  expect(given).toMatchObject({ target: 'net', aliases: ['a', 'b'], ipv4: '10.0.0.9', gatewayPriority: 2 });
  expect(given.driverOptions).toEqual({ x: 'y' });
  expect(() => parseNetworkAttachment('alias=x')).toThrow('network name/id is not specified');
  expect(() => parseNetworkAttachment('name=x,foo=y')).toThrow('invalid field key foo');
});

it('devices, security options, filters and hardware addresses', () => {
  expect(parseDevice('/dev/null:r')).toEqual({
    PathOnHost: '/dev/null',
    PathInContainer: '/dev/null',
    CgroupPermissions: 'r',
  });
  expect(() => parseDevice('/dev/null:/dev/x:rwx')).toThrow('bad mode specified: rwx');
  const read = (path: string): string => {
    if (path === 'p.json') return '{ "a": 1 }';
    throw new Error('open x: no such file or directory');
  };
  expect(parseSecurityOptions(['seccomp=p.json', 'systempaths=unconfined'], read)).toEqual({
    options: ['seccomp={"a":1}'],
    systemPathsUnconfined: true,
  });
  expect(() => parseSecurityOptions(['foo'], read)).toThrow('Invalid --security-opt: "foo"');
  expect(() => parseSecurityOptions(['seccomp=x'], read)).toThrow(
    'opening seccomp profile (x) failed: open x: no such',
  );
  expect(parseFilters(['label=a=b', 'Label=c', 'label=a=b'])).toEqual({ label: ['a=b', 'c'] });
  expect(['02:42:ac:11:00:99', '0242.ac11.0099', '02-42-ac-11-00-99', 'zz'].map(isMacAddress)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
