import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * Where each statement of the text that the handbook grew from has its place: a page, and words (in both languages) that
 * it must have there. The text itself is not part of the project.
 */
const statements: [statement: string, slug: string, german: RegExp, english: RegExp][] = [
  [
    'an image is an immutable package with all that a program needs',
    'start/what-is-docker',
    /nie ändert/,
    /never changes/,
  ],
  [
    'images consist of layers; only missing ones are pulled',
    'images/layers',
    /nur einmal gespeichert/,
    /transferred only once/,
  ],
  [
    'an instruction adds a layer (corrected)',
    'images/layers',
    /Ändert nur die Konfiguration/,
    /Changes the configuration only/,
  ],
  ['a simple Dockerfile (improved)', 'images/dockerfile', /FROM ubuntu:latest/, /FROM ubuntu:latest/],
  ['images lie in registries and are pulled', 'images/registries', /Docker Hub/, /Docker Hub/],
  [
    'a container is a running instance of an image',
    'start/what-is-docker',
    /beliebig viele Container/,
    /any number of containers/,
  ],
  ['containers share the kernel of the host', 'start/what-is-docker', /den Kernel/, /the kernel/],
  ['containers are isolated (with exceptions)', 'start/simplifications', /Bind-Mounts/, /bind mounts/],
  ['containers are stateless, data goes (corrected)', 'start/simplifications', /bis `docker rm`/, /until `docker rm`/],
  ['run, ps, stop, rm', 'start/first-container', /docker stop web/, /docker stop web/],
  ['volumes keep data over containers', 'volumes/types', /Volume/, /volume/],
  ['volumes for databases, in the Compose file', 'volumes/databases', /db-data:/, /db-data:/],
  ['MySQL’s data', 'volumes/databases', /\/var\/lib\/mysql/, /\/var\/lib\/mysql/],
  ['-v and docker-compose.yml (today’s forms)', 'start/simplifications', /compose\.yaml/, /compose\.yaml/],
  ['containers on one host can talk (by name only on own networks)', 'networks/bridge', /Namen/, /name/],
  ['bridge, host, overlay (and the others)', 'networks/drivers', /macvlan/, /macvlan/],
  ['docker network create', 'networks/bridge', /docker network create/, /docker network create/],
  ['keep images small', 'images/small-images', /klein/, /small/],
  ['multi-stage builds', 'images/multi-stage', /AS build/, /AS build/],
  ['Kubernetes or Swarm for many containers', 'orchestration/why', /Kubernetes/, /Kubernetes/],
  ['minimal privileges', 'security/capabilities', /cap-drop ALL/, /cap-drop ALL/],
  ['not as root', 'security/users', /USER 10001/, /USER 10001/],
];

describe.each(statements)('%s', (_, slug, german, english) => {
  it.each([
    ['de', german],
    ['en', english],
  ] as const)(`has its place in ${slug} (%s)`, (lang, words) => {
    const file = `content/docs/${lang}/${slug}.mdx`;
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(words);
  });
});
