import { describe, expect, it } from 'vitest';
import { encodeYaml } from '../../src/compose/yaml/encode.ts';
import { parseDocuments } from '../../src/compose/yaml/parse.ts';
import { config } from './host.ts';

const read = (text: string) => parseDocuments(text)[0]?.value;

describe('YAML as go-yaml reads it', () => {
  it('keeps words of YAML 1.1 as text and knows numbers in every base', () => {
    expect(read('[yes, on, ~, True, 0777, 0o17, 0x1F, 1_000, 1.5, 22:22, "1", 1e3]')).toEqual([
      ...['yes', 'on', null, true, 511, 15, 31, 1000, 1.5, '22:22', '1', 1000],
    ]);
  });

  it('fills in aliases and merge keys; a key of its own comes first', () => {
    expect(read('x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: *x\n')).toEqual({
      x: { a: 1, b: 2 },
      y: { b: 3, a: 1 },
      z: { a: 1, b: 2 },
    });
  });
});

describe('YAML as go-yaml writes it', () => {
  it('quotes what would be read as something else', () => {
    const values = [
      'yes',
      'y',
      '1',
      '1.5',
      '',
      'null',
      'a: b',
      ' a',
      '#a',
      '22:22',
      '2024-01-01',
      "it's",
      '- a',
      '@x',
      'a\tb',
    ];
    expect(encodeYaml(values)).toBe(
      [
        ...['- "yes"', '- "y"', '- "1"', '- "1.5"', '- ""', '- "null"', "- 'a: b'", "- ' a'", "- '#a'", '- "22:22"'],
        ...['- "2024-01-01"', "- it's", "- '- a'", "- '@x'", '- "a\\tb"', ''],
      ].join('\n'),
    );
  });

  it('writes several lines as a block and sorts keys of maps by the numbers in them', () => {
    expect(
      encodeYaml(
        new Map([
          ['text', 'a\nb\n'],
          ['b10', 'x\ny'],
          ['b9', null],
        ]),
      ),
    ).toBe('b9: null\nb10: |-\n  x\n  y\ntext: |\n  a\n  b\n');
  });
});

describe('docker compose config', () => {
  it('prints the long form of everything', () => {
    const text = `
services:
  web:
    image: nginx
    command: sh -c "a b"
    ports: ["127.0.0.1:8080:80/udp"]
    volumes: ["data:/data", "./x:/x:ro"]
    stop_grace_period: 90s
    deploy: {resources: {limits: {memory: 64M, cpus: "0.5"}}}
volumes: {data: }
`;
    expect(config(text)).toBe(`name: lab
services:
  web:
    command:
      - sh
      - -c
      - a b
    deploy:
      resources:
        limits:
          cpus: 0.5
          memory: "67108864"
    image: nginx
    networks:
      default: null
    ports:
      - mode: ingress
        host_ip: 127.0.0.1
        target: 80
        published: "8080"
        protocol: udp
    stop_grace_period: 1m30s
    volumes:
      - type: volume
        source: data
        target: /data
        volume: {}
      - type: bind
        source: /root/lab/x
        target: /x
        read_only: true
        bind:
          create_host_path: true
networks:
  default:
    name: lab_default
volumes:
  data:
    name: lab_data
`);
  });
});
