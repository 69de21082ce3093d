import { describe, expect, it } from 'vitest';
import { dockerHub } from '../../../src/images/official/docker-hub.ts';
import { execute } from '../../../src/programs/servers/postgres/database.ts';
import { createSession } from '../../../src/session/session.ts';

const online = () => createSession({ registries: { 'docker.io': dockerHub() }, images: () => {} });
const context = { user: 'postgres', database: 'shop', now: 0, version: 'PostgreSQL' };
const empty = { roles: { postgres: {} }, databases: { shop: {} } };

describe('SQL', () => {
  const sql = (text: string) => execute(empty, text, context);

  it('joins, groups and orders', () => {
    const { results } = sql(`
      create table ships (id serial primary key, name text not null);
      create table trips (ship int, miles int);
      insert into ships (name) values ('Ahoy'), ('Boe');
      insert into trips values (1, 10), (1, 30), (2, 5);
      select s.name, sum(t.miles) as total, count(*) from ships s join trips t on t.ship = s.id
        group by s.name order by total desc limit 2`);
    expect(results.at(-1)).toMatchObject({
      rows: [
        ['Ahoy', '40', '2'],
        ['Boe', '5', '1'],
      ],
      tag: 'SELECT 2',
    });
  });

  it('keeps what came before an error, and tells its place', () => {
    const { results, error } = sql('create table a (n int unique); insert into a values (1); insert into a values (1)');
    expect(results.map(({ tag }) => tag)).toEqual(['CREATE TABLE', 'INSERT 0 1']);
    expect(error).toBe(
      'duplicate key value violates unique constraint "a_n_key"\nDETAIL:  Key (n)=(1) already exists.',
    );
    expect(sql('select * from nope').error).toBe(
      'relation "nope" does not exist\nLINE 1: select * from nope;\n                      ^',
    );
  });
});

it('PostgreSQL keeps its data in a volume, and finds out how it ended', async () => {
  const session = online();
  const start =
    'docker run -d -q --name db -e POSTGRES_PASSWORD=pw -v data:/var/lib/postgresql/data postgres:17; sleep 1';
  await session.run(start);
  await session.run('docker exec db psql -qU postgres -c "create table t (n int)" -c "insert into t values (7)"');
  await session.run('docker rm -f db');
  await session.run(start);
  expect((await session.run('docker exec db psql -tAU postgres -c "select n from t"')).stdout).toBe('7\n');
  const { stderr } = await session.run('docker logs db');
  expect(stderr).toContain('database system was not properly shut down; automatic recovery in progress');
  expect((await session.run('docker exec db psql -h db.nowhere -U postgres')).exitCode).toBe(2);
});

it('MySQL refuses to begin without a password', async () => {
  const { stderr, exitCode } = await online().run('docker run -q mysql:8.4');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Database is uninitialized and password option is not specified');
});

it('Redis writes its log of commands, and reads it again', async () => {
  const session = createSession();
  const start = 'docker run -d --name rr -v data:/data redis:8 redis-server --appendonly yes';
  await session.run(`${start}; sleep 1; docker exec rr redis-cli rpush l a b; docker exec rr redis-cli -n 3 set k v`);
  await session.run(`docker kill rr; docker rm rr; ${start}; sleep 1`);
  expect((await session.run('docker exec rr redis-cli lrange l 0 -1')).stdout).toBe('a\nb\n');
  expect((await session.run('docker exec rr redis-cli -n 3 get k')).stdout).toBe('v\n');
});
