import { decode, encode } from '../../../engine/bytes.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';

interface Package {
  readonly name?: string;
  readonly version?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const VERSION = '11.6.2';

/** npm: runs the scripts of package.json; installs nothing, as no registry is reachable. */
export const npmProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) {
      const [child] = kernel.reap();
      return child ? { exit: child.status } : { wait: { child: true } };
    }
    const [, command = '', ...rest] = kernel.argv.map(decode);
    if (command === '--version' || command === '-v') {
      kernel.output(`${VERSION}\n`);
      return { exit: 0 };
    }
    const own = readPackage(kernel);
    if (['install', 'i', 'ci', 'add'].includes(command)) return install(kernel, own, command);
    const script =
      command === 'run' || command === 'run-script'
        ? rest[0]
        : ['start', 'test', 'stop', 'restart'].includes(command)
          ? command
          : undefined;
    if (script === undefined) return refuse(kernel, `npm error not modelled in Stapellauf: npm ${command}\n`);
    if (!own)
      return refuse(
        kernel,
        `npm error code ENOENT\nnpm error syscall open\nnpm error path ${decode(kernel.cwd)}/package.json\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${decode(kernel.cwd)}/package.json'\nnpm error enoent This is related to npm not being able to find a file.\nnpm error enoent\n`,
        254,
      );
    const line = own.scripts?.[script];
    if (line === undefined)
      return refuse(
        kernel,
        `npm error Missing script: "${script}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n`,
      );
    if (!kernel.argv.includes('--silent') && !kernel.argv.includes('-s'))
      kernel.output(encode(`\n> ${own.name ?? ''}@${own.version ?? ''} ${script}\n> ${line}\n\n`));
    const shell = kernel.find('/bin/sh');
    if ('status' in shell) return { exit: shell.status };
    kernel.spawn(shell, { argv: ['sh', '-c', encode(line)], inheritsInput: true });
    kernel.memory = { started: true };
    return { wait: { child: true } };
  },
  signal(kernel, signal): Outcome | undefined {
    if (kernel.memory === undefined) return undefined;
    for (const process of kernel.processes())
      if (process.parent === kernel.process.pid) kernel.kill(process.nsPid, signal);
    return { wait: { child: true } };
  },
};

function readPackage(kernel: Kernel): Package | undefined {
  const path = `${kernel.cwd === '/' ? '' : kernel.cwd}/package.json`;
  return kernel.files.exists(path) ? (JSON.parse(decode(kernel.files.read(path))) as Package) : undefined;
}

function refuse(kernel: Kernel, text: string, exit = 1): Outcome {
  kernel.error(encode(text));
  return { exit };
}

function install(kernel: Kernel, own: Package | undefined, command: string): Outcome {
  const wanted = Object.keys(own?.dependencies ?? {});
  if (wanted.length > 0)
    return refuse(
      kernel,
      `npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\nnpm error network request to https://registry.npmjs.org/${wanted[0]} failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org\nnpm error network This is a problem related to network connectivity.\n`,
    );
  const lock = `${kernel.cwd === '/' ? '' : kernel.cwd}/package-lock.json`;
  if (command === 'ci' && !kernel.files.exists(lock))
    return refuse(
      kernel,
      'npm error code EUSAGE\nnpm error\nnpm error The `npm ci` command can only install with an existing package-lock.json or\nnpm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or\nnpm error later to generate a package-lock.json file, then try again.\n',
    );
  if (command !== 'ci' && !kernel.files.exists(lock)) {
    const content = {
      name: own?.name,
      version: own?.version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: own?.name, version: own?.version } },
    };
    kernel.files.write(lock, `${JSON.stringify(content, null, 2)}\n`);
  }
  kernel.output('\nup to date, audited 1 package in 400ms\n\nfound 0 vulnerabilities\n');
  return { exit: 0 };
}
