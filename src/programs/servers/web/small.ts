import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { parseRequest, response } from '../http.ts';

const HELLO = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`;

/** The program of the image hello-world. */
export const helloProgram: Program = {
  run(kernel): Outcome {
    kernel.output(HELLO);
    return { exit: 0 };
  },
};

/** A program that an image has and the model does not. */
export const notModelled: Program = {
  run(kernel): Outcome {
    kernel.error(`${kernel.argv[0]}: not modelled in Stapellauf\n`);
    return { exit: 1 };
  },
};

/** traefik/whoami: tells who asked whom. */
export const whoamiProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: {} };
    const at = kernel.argv.findIndex((arg) => /^--?port$/.test(arg));
    const port = Number(at >= 0 ? kernel.argv[at + 1] : (kernel.environment['WHOAMI_PORT_NUMBER'] ?? '80'));
    if (kernel.network.listen(port) !== undefined) {
      kernel.error(`${stamp(kernel)} listen tcp :${port}: bind: address already in use\n`);
      return { exit: 1 };
    }
    kernel.error(`${stamp(kernel)} Starting up on port ${port}\n`);
    kernel.memory = { port };
    return { wait: {} };
  },
  answer(kernel, request, port): string {
    const read = parseRequest(request);
    if (!read) return response(400, [], '');
    const addresses = kernel.network.interfaces().map(({ address }) => `IP: ${address}\n`);
    const fields = Object.entries(read.headers)
      .filter(([name]) => name !== 'host')
      .map(([name, value]) => `${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}: ${value}\n`);
    const own = `Hostname: ${kernel.hostname}\n${addresses.join('')}RemoteAddr: ${kernel.network.client ?? '127.0.0.1'}:40000\n`;
    const body = `${own}${read.method} ${read.target} HTTP/${read.version}\nHost: ${read.headers['host'] ?? `:${port}`}\n${fields.join('')}\n`;
    return response(
      200,
      [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Length', String(body.length)],
      ],
      body,
    );
  },
};

function stamp(kernel: Kernel): string {
  return new Date(kernel.now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

/** memcached: listens; its protocol as far as `set`, `get`, `delete`, `version` and `stats`. */
export const memcachedProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: {} };
    if (kernel.argv.includes('-V') || kernel.argv.includes('--version')) {
      kernel.output('memcached 1.6.39\n');
      return { exit: 0 };
    }
    const root = kernel.credentials.uid === 0 && !kernel.argv.includes('-u');
    if (root) {
      kernel.error("can't run as root without the -u switch\n");
      return { exit: 71 };
    }
    const at = kernel.argv.indexOf('-p');
    kernel.network.listen(at >= 0 ? Number(kernel.argv[at + 1]) : 11_211);
    kernel.memory = { items: {} };
    return { wait: {} };
  },
  signal(kernel, signal): Outcome | undefined {
    if (kernel.memory === undefined || (signal !== 15 && signal !== 2)) return undefined;
    kernel.output(signal === 15 ? 'Signal handled: Terminated.\n' : 'Signal handled: Interrupt.\n');
    return { exit: 0 };
  },
  answer(kernel, request): string {
    const memory = kernel.memory as { items: Record<string, string> };
    const items = { ...memory.items };
    let answers = '';
    const lines = request.split('\r\n');
    for (let at = 0; at < lines.length; at += 1) {
      const [name = '', key = ''] = lines[at]!.split(' ');
      if (name === 'set') {
        items[key] = lines[at + 1] ?? '';
        at += 1;
        answers += 'STORED\r\n';
      } else if (name === 'get') {
        const value = items[key];
        answers += value === undefined ? 'END\r\n' : `VALUE ${key} 0 ${value.length}\r\n${value}\r\nEND\r\n`;
      } else if (name === 'delete') {
        answers += key in items ? 'DELETED\r\n' : 'NOT_FOUND\r\n';
        delete items[key];
      } else if (name === 'version') answers += 'VERSION 1.6.39\r\n';
      else if (name === 'stats') answers += `STAT curr_items ${Object.keys(items).length}\r\nEND\r\n`;
      else if (name !== '' && name !== 'quit') answers += 'ERROR\r\n';
    }
    kernel.memory = { items };
    return answers;
  },
};
