import { expect, it } from 'vitest';
import { readProgram } from '../../../src/programs/servers/go/source.ts';
import { checkDirective } from '../../../src/programs/servers/nginx/directives.ts';
import { readScript } from '../../../src/programs/servers/node/script.ts';
import { createSession } from '../../../src/session/session.ts';

it('nginx refuses directives in the wrong place or with the wrong number of words', () => {
  const where = 'in /etc/nginx/nginx.conf:1';
  expect(() => checkDirective('root', ['/a', '/b'], false, 'server', where)).toThrow(
    `invalid number of arguments in "root" directive ${where}`,
  );
  expect(() => checkDirective('location', ['/'], true, 'http', where)).toThrow(
    `"location" directive is not allowed here ${where}`,
  );
  expect(() => checkDirective('listen', ['80', 'root'], false, 'server', where)).toThrow(
    `invalid parameter "root" ${where}`,
  );
  expect(() => checkDirective('root', ['/a'], false, 'server', where)).not.toThrow();
});

it('nginx serves what a mounted folder holds, passes on, and says when nobody is there', async () => {
  const session = createSession({
    files: {
      'site/index.html': 'ahoy\n',
      'p.conf':
        'server { listen 81; location / { proxy_pass http://127.0.0.1:80; } location /off { proxy_pass http://127.0.0.1:9; } }\n',
    },
  });
  await session.run(
    'docker run -d --name web -p 8080:81 -v ./site:/usr/share/nginx/html -v ./p.conf:/etc/nginx/conf.d/p.conf nginx:1.29',
  );
  expect((await session.run('curl -s localhost:8080')).stdout).toBe('ahoy\n');
  expect((await session.run("curl -s -o /dev/null -w '%{http_code}' localhost:8080/off")).stdout).toBe('502');
});

it('reads small services of Node.js and Go by their form', () => {
  const script = readScript(`const http = require('http');
const port = process.env.PORT || 3000;
http.createServer((req, res) => { res.writeHead(200, { 'Content-Type': 'text/plain' }); res.end('hi'); }).listen(port);`);
  expect(script).toMatchObject({ server: { port: 'port', routes: [{ status: '200', body: ["'hi'"] }] } });
  const program = readProgram('package main\nimport "fmt"\nfunc main() { fmt.Println("hi") }\n');
  expect(program).toMatchObject({ prints: ['fmt.Println("hi")'], port: undefined });
});
