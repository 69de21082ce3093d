import { expect, it } from 'vitest';
import { answerApi } from '../../src/api/server.ts';
import { createSession } from '../../src/session/session.ts';

const { engine } = createSession();
const ask = async (first: string, ...lines: readonly string[]) => {
  const whole = await answerApi(engine, [first, ...lines, '', ''].join('\r\n'));
  const [head = '', body = ''] = whole.split(/\r\n\r\n(.*)/s);
  return { head: head.split('\r\n'), body };
};

it('says which daemon answers, and in which order', async () => {
  const { head, body } = await ask('GET /_ping HTTP/1.1', 'Host: localhost');
  expect(head.map((line) => line.split(':')[0])).toEqual([
    ...['HTTP/1.1 200 OK', 'Api-Version', 'Builder-Version', 'Cache-Control', 'Docker-Experimental', 'Ostype'],
    ...['Pragma', 'Server', 'Swarm', 'Date', 'Content-Length', 'Content-Type'],
  ]);
  expect(body).toBe('OK');
});

it('answers HEAD without a body and HTTP/1.0 in kind', async () => {
  expect(await ask('HEAD /_ping HTTP/1.1')).toMatchObject({ body: '' });
  expect((await ask('GET /info HTTP/1.0')).head[0]).toBe('HTTP/1.0 200 OK');
});

it('tells pages that the daemon has not from those that are not modelled', async () => {
  expect((await ask('GET /nope HTTP/1.1')).body).toBe('{"message":"page not found"}\n');
  const { head, body } = await ask('GET /events HTTP/1.1');
  expect(head[0]).toBe('HTTP/1.1 501 Not Implemented');
  expect(body).toContain('not modelled in Stapellauf');
});

it('refuses what is no HTTP, and bodies that are no JSON', async () => {
  expect((await answerApi(engine, 'hello')).split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  const bytes = 'POST /volumes/create HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{';
  expect(await answerApi(engine, bytes)).toContain('400 Bad Request');
});

it('passes what the engine refuses on with its status', async () => {
  const { head, body } = await ask('DELETE /networks/bridge HTTP/1.1');
  expect(head[0]).toBe('HTTP/1.1 403 Forbidden');
  expect(JSON.parse(body).message).toMatch(/^bridge is a pre-defined network/);
});
