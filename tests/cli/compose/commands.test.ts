import { describe, expect, it } from 'vitest';
import { createSession } from '../../../src/session/session.ts';

const TWO = `services:
  app:
    image: alpine:3.22
    command: sh -c 'echo hallo; sleep 300'
    stop_grace_period: 0s
    depends_on: [db]
  db:
    image: alpine:3.22
    command: sleep 300
    stop_grace_period: 0s
    volumes: ["data:/data"]
volumes:
  data:
`;

function session(yaml = TWO) {
  return createSession({ files: { 'compose.yaml': yaml } });
}

describe('docker compose up and down', () => {
  it('creates in the order of dependencies, leaves alone what is up to date, and takes all away but volumes', async () => {
    const { run } = wrap(session());
    expect((await run('docker compose up -d')).stderr).toBe(
      [
        ...[' Network lab_default  Creating', ' Network lab_default  Created'],
        ...[' Volume lab_data  Creating', ' Volume lab_data  Created'],
        ...[' Container lab-db-1  Creating', ' Container lab-db-1  Created'],
        ...[' Container lab-app-1  Creating', ' Container lab-app-1  Created'],
        ...[' Container lab-db-1  Starting', ' Container lab-db-1  Started'],
        ...[' Container lab-app-1  Starting', ' Container lab-app-1  Started', ''],
      ].join('\n'),
    );
    expect((await run('docker compose up -d')).stderr).toBe(
      ' Container lab-db-1  Running\n Container lab-app-1  Running\n',
    );
    expect((await run('docker compose logs app')).stdout).toBe('app-1  | hallo\n');
    await run("sed -i 's/hallo/neu/' compose.yaml");
    expect((await run('docker compose up -d')).stderr).toContain(' Container lab-app-1  Recreated\n');
    await run('docker compose down');
    expect((await run('docker ps -aq; docker volume ls -q')).stdout).toBe('lab_data\n');
  });

  it('changes nothing on --dry-run', async () => {
    const { run } = wrap(session());
    expect((await run('docker compose --dry-run up -d')).stderr).toContain(
      ' DRY-RUN MODE -  Container lab-app-1  Started\n',
    );
    expect((await run('docker ps -aq; docker volume ls -q; docker network ls -q | wc -l')).stdout).toBe('3\n');
  });

  it('stops the others and gives the exit code of the first that ends, when told so', async () => {
    const yaml =
      "services:\n  a:\n    image: alpine:3.22\n    command: sh -c 'sleep 1; exit 3'\n  b:\n    image: alpine:3.22\n    command: sleep 300\n    stop_grace_period: 0s\n";
    const { run } = wrap(session(yaml));
    const answer = await run('docker compose up --abort-on-container-exit');
    expect(answer.exitCode).toBe(3);
    expect(answer.stdout).toContain('a-1 exited with code 3\n');
    expect((await run("docker compose ps -a --format '{{.Name}} {{.State}}'")).stdout).toBe(
      'lab-a-1 exited\nlab-b-1 exited\n',
    );
  });
});

describe('depends_on', () => {
  const yaml = (code: number) =>
    `services:\n  app:\n    image: alpine:3.22\n    command: sleep 300\n    depends_on: {job: {condition: service_completed_successfully}}\n  job:\n    image: alpine:3.22\n    command: sh -c 'sleep 2; exit ${code}'\n`;

  it('waits until a job is done', async () => {
    const { run } = wrap(session(yaml(0)));
    expect((await run('docker compose up -d')).stderr).toContain(
      ' Container lab-job-1  Waiting\n Container lab-job-1  Exited\n Container lab-app-1  Starting\n',
    );
  });

  it('gives up when the job fails', async () => {
    const { run } = wrap(session(yaml(4)));
    const answer = await run('docker compose up -d');
    expect(answer.exitCode).toBe(1);
    expect(answer.stderr).toContain(
      ' Container lab-job-1  service "job" didn\'t complete successfully: exit 4\nservice "job" didn\'t complete successfully: exit 4\n',
    );
  });
});

describe('docker compose run and exec', () => {
  it('runs a command once, beside the service', async () => {
    const { run } = wrap(session());
    const answer = await run("docker compose run --rm -e A=1 app sh -c 'echo $A; exit 7'");
    expect(answer).toMatchObject({ stdout: '1\n', exitCode: 7 });
    expect((await run("docker compose ps -a --format '{{.Name}}'")).stdout).toBe('lab-db-1\n');
    expect(await run('docker compose exec db cat /nix')).toMatchObject({ exitCode: 1 });
    expect((await run('docker compose exec nix true')).stderr).toBe('service "nix" is not running\n');
  });
});

function wrap(one: ReturnType<typeof createSession>) {
  return { run: (line: string) => one.run(line) };
}
