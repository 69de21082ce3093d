import alpine from '../listings/alpine.ts';
import debian from '../listings/debian.ts';
import { layer, note, type OfficialImage, PATH, type Repository, type Step } from './repository.ts';

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => `\t${line}`)
    .join('\n');
const file = (path: string, text: string) => `644 0:0 ${text.length} ${path}\n${lines(text)}`;

function alpineFiles(version: string): string {
  const release = `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.replace(/\.\d+$/, '')}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`;
  return [file('/etc/os-release', release), file('/etc/alpine-release', `${version}\n`)].join('\n');
}

function debianFiles(id: string, name: string, number: string, full: string, codename: string): string {
  const release = `PRETTY_NAME="${full}"\nNAME="${name}"\nVERSION_ID="${number}"\nVERSION="${full.replace(`${name} `, '')}"\nVERSION_CODENAME=${codename}\nID=${id}\n${id === 'ubuntu' ? 'ID_LIKE=debian\n' : ''}HOME_URL="https://www.${id}.${id === 'ubuntu' ? 'com' : 'org'}/"\n`;
  return file('/usr/lib/os-release', release);
}

/** Alpine's only layer, as other images stand on it. */
export function alpineBase(version = '3.22.2'): readonly Step[] {
  return [
    layer(
      `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`,
      3_802_452,
      8_313_344,
      alpine,
      alpineFiles(version),
    ),
    note('CMD ["/bin/sh"]'),
  ];
}

/** Debian's only layer: `trixie-slim`, or the whole of it. */
export function debianBase(codename: 'trixie' | 'bookworm' = 'trixie', slim = true): readonly Step[] {
  const [number, point] = codename === 'trixie' ? ['13', '13.2'] : ['12', '12.12'];
  const text = debianFiles('debian', 'Debian GNU/Linux', number!, `Debian GNU/Linux ${number} (${codename})`, codename);
  const [compressed, unpacked] = slim ? [29_775_433, 78_624_512] : [49_282_111, 120_318_976];
  const version = file('/etc/debian_version', `${point}\n`);
  return [
    layer(`# debian.sh --arch 'amd64' out/ '${codename}' '@1762203600'`, compressed, unpacked, debian, text, version),
  ];
}

const alpineImage = (version: string, created: string, ...tags: readonly string[]): OfficialImage => ({
  ...{ tags, created, steps: alpineBase(version) },
  config: { Env: [PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
});

const debianImage = (codename: 'trixie' | 'bookworm', slim: boolean, ...tags: readonly string[]): OfficialImage => ({
  ...{ tags, created: '2025-11-03', steps: [...debianBase(codename, slim), note('CMD ["bash"]')] },
  config: { Env: [PATH], Cmd: ['bash'] },
});

function ubuntuImage(
  number: string,
  codename: string,
  point: string,
  sizes: readonly [number, number],
  ...tags: readonly string[]
): OfficialImage {
  const text = debianFiles('ubuntu', 'Ubuntu', number, `Ubuntu ${point} LTS`, codename);
  return {
    tags,
    created: '2025-10-13',
    config: {
      ...{ Env: [PATH], Cmd: ['/bin/bash'] },
      Labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': number },
    },
    steps: [
      ...[
        note('ARG RELEASE'),
        note('ARG LAUNCHPAD_BUILD_ARCH'),
        note('LABEL org.opencontainers.image.ref.name=ubuntu'),
      ],
      note(`LABEL org.opencontainers.image.version=${number}`),
      layer('ADD file:ubuntu-base.tar.gz in /', sizes[0], sizes[1], debian, text),
      note('CMD ["/bin/bash"]'),
    ],
  };
}

/** Systems: small worlds to start from. */
export const SYSTEMS: readonly Repository[] = [
  {
    path: 'library/alpine',
    images: [
      alpineImage('3.22.2', '2025-10-08', '3.22.2', '3.22', '3', 'latest'),
      alpineImage('3.21.5', '2025-10-08', '3.21.5', '3.21'),
      alpineImage('3.20.8', '2025-10-08', '3.20.8', '3.20'),
    ],
  },
  {
    path: 'library/busybox',
    images: [
      {
        tags: ['1.37.0', '1.37', '1', 'stable', 'latest', 'glibc', 'musl', 'uclibc'],
        ...{ created: '2024-09-26', config: { Env: [PATH], Cmd: ['sh'] } },
        steps: [layer('BusyBox 1.37.0 (glibc), Debian 13', 2_211_447, 4_429_824, alpine), note('CMD ["sh"]')],
      },
    ],
  },
  {
    path: 'library/debian',
    images: [
      debianImage('trixie', false, '13.2', '13', 'trixie', 'latest', 'stable'),
      debianImage('trixie', true, '13.2-slim', '13-slim', 'trixie-slim', 'stable-slim'),
      debianImage('bookworm', false, '12.12', '12', 'bookworm', 'oldstable'),
      debianImage('bookworm', true, '12.12-slim', '12-slim', 'bookworm-slim', 'oldstable-slim'),
    ],
  },
  {
    path: 'library/ubuntu',
    images: [
      ubuntuImage('24.04', 'noble', '24.04.3', [29_723_597, 78_120_448], '24.04', 'noble', 'latest'),
      ubuntuImage('22.04', 'jammy', '22.04.5', [29_538_411, 77_871_104], '22.04', 'jammy'),
    ],
  },
];
