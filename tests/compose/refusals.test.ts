import { describe, expect, it } from 'vitest';
import { refusal } from './host.ts';

const service = (lines: string) => `services:\n  a:\n    ${lines}\n`;

describe('what is no project is refused in the words of Compose', () => {
  it.each([
    ['services:\n  a:\n   image: alpine\n  bad\n', "yaml: line 4: could not find expected ':'"],
    ['services:\n  a:\n    image: a: b\n', 'yaml: line 3: mapping values are not allowed in this context'],
    ['services:\n\ta: x\n', 'yaml: line 2: found character that cannot start any token'],
    ['services:\n  a:\n    ports: [80\n', "yaml: line 2: did not find expected ',' or ']'"],
    ['services:\n  a:\n    image: x\n b:\n    image: y\n', 'yaml: line 3: did not find expected key'],
    [service('image: "x'), 'yaml: line 3: found unexpected end of stream'],
    [service('image: *x'), "yaml: unknown anchor 'x' referenced"],
    [
      service('image: x\n    image: y'),
      'failed to parse /root/lab/compose.yaml: line 4: mapping key "image" already defined at line 3',
    ],
    ['', 'empty compose file'],
    ['services: []\n', 'services must be a mapping'],
  ])('%j', (text, message) => expect(refusal(text)).toBe(message));

  it.each([
    ['imge: x', "services.a additional properties 'imge' not allowed"],
    ['image: [x]', 'services.a.image must be a string'],
    ['image: x\n    ports: [[1]]', 'services.a.ports.0 must be a number'],
    ['image: x\n    restart: true', 'services.a.restart must be a string'],
    ['image: x\n    depends_on: [b, b]', 'services.a.depends_on items at 0 and 1 are equal'],
  ])('%j breaks the schema', (text, message) =>
    expect(refusal(service(text))).toBe(`validating /root/lab/compose.yaml: ${message}`),
  );

  it.each([
    ['ports: ["80"]', 'service "a" has neither an image nor a build context specified: invalid compose project'],
    ['image: x\n    depends_on: [b]', 'service "a" depends on undefined service "b": invalid compose project'],
    ['image: x\n    networks: [n]', 'service "a" refers to undefined network n: invalid compose project'],
    ['image: x\n    volumes: ["data:/v"]', 'service "a" refers to undefined volume data: invalid compose project'],
    ['image: x\n    depends_on: [a]', 'dependency cycle detected: a -> a'],
    ['image: x\n    ports: ["viel:80"]', 'Invalid hostPort: viel'],
    [
      'image: x\n    deploy: {replicas: zwei}',
      'error while interpolating services.a.deploy.replicas: failed to cast to expected type: strconv.Atoi: parsing "zwei": invalid syntax',
    ],
    [
      'image: x\n    mem_limit: viel',
      "decoding failed due to the following error(s):\n\n'services[a].mem_limit' invalid size: 'viel'",
    ],
  ])('%j does not hold together', (text, message) => expect(refusal(service(text))).toBe(message));
});
