/** The handbook's table of contents: sections and their pages in reading order. A page's title comes from its file. */
export interface Section {
  /** Folder of the section's pages under `content/docs/<language>/`. */
  folder: string;
  label: { de: string; en: string };
  /** What a reader finds here, in one sentence. */
  intro: { de: string; en: string };
  pages: readonly string[];
}

export const sections: readonly Section[] = [
  {
    folder: 'start',
    label: { de: 'Anfangen', en: 'Start' },
    intro: {
      de: 'Was Docker ist, woraus es besteht und wie du in zehn Minuten den ersten Container startest.',
      en: 'What Docker is, what it is made of, and how to start your first container within ten minutes.',
    },
    pages: ['what-is-docker', 'architecture', 'install', 'first-container', 'simplifications'],
  },
  {
    folder: 'images',
    label: { de: 'Images', en: 'Images' },
    intro: {
      de: 'Wie Images aufgebaut sind, wie du gute baust und wie sie von einem Rechner zum anderen kommen.',
      en: 'How images are made, how to build good ones, and how they travel from one machine to another.',
    },
    pages: [
      ...['layers', 'dockerfile', 'build-cache', 'multi-stage', 'build-context', 'entrypoint-cmd', 'arg-env'],
      ...['registries', 'multi-platform', 'small-images', 'inspect'],
    ],
  },
  {
    folder: 'containers',
    label: { de: 'Container', en: 'Containers' },
    intro: {
      de: 'Das Leben eines Containers: starten, beobachten, begrenzen, neu starten, beenden.',
      en: 'The life of a container: start it, watch it, limit it, restart it, end it.',
    },
    pages: ['lifecycle', 'run', 'isolation', 'observe', 'restart', 'health', 'limits', 'signals', 'state'],
  },
  {
    folder: 'volumes',
    label: { de: 'Volumes', en: 'Volumes' },
    intro: {
      de: 'Wo Daten bleiben, wenn Container gehen: Volumes, Bind-Mounts und tmpfs.',
      en: 'Where data stays when containers go: volumes, bind mounts and tmpfs.',
    },
    pages: [
      ...['types', 'named-anonymous', 'mount-syntax', 'prepopulation', 'read-only', 'permissions'],
      ...['backup', 'databases'],
    ],
  },
  {
    folder: 'networks',
    label: { de: 'Netzwerke', en: 'Networks' },
    intro: {
      de: 'Wer wen unter welchem Namen erreicht, und wie ein Paket zum Container kommt.',
      en: 'Who reaches whom by which name, and how a packet finds its container.',
    },
    pages: ['bridge', 'drivers', 'dns', 'ports', 'packet-path', 'internal', 'troubleshooting'],
  },
  {
    folder: 'compose',
    label: { de: 'Compose', en: 'Compose' },
    intro: {
      de: 'Mehrere Container als eine Anwendung: beschrieben in einer Datei, gestartet mit einem Befehl.',
      en: 'Several containers as one application: described in one file, started by one command.',
    },
    pages: [
      ...['model', 'services', 'volumes-networks', 'environment', 'startup-order', 'profiles', 'overrides'],
      ...['watch', 'development-production'],
    ],
  },
  {
    folder: 'orchestration',
    label: { de: 'Orchestrierung', en: 'Orchestration' },
    intro: {
      de: 'Wenn ein Rechner nicht reicht: Swarm und Kubernetes, von Docker aus gelesen.',
      en: 'When one machine is not enough: Swarm and Kubernetes, read from Docker’s side.',
    },
    pages: [
      ...['why', 'swarm-services', 'swarm-networks', 'swarm-updates', 'swarm-secrets', 'kubernetes-workloads'],
      ...['kubernetes-networking', 'kubernetes-config', 'from-compose', 'choosing'],
    ],
  },
  {
    folder: 'security',
    label: { de: 'Sicherheit', en: 'Security' },
    intro: {
      de: 'Was Container trennt und was nicht, und wie du ihnen nur gibst, was sie brauchen.',
      en: 'What containers separate and what they do not, and how to give them only what they need.',
    },
    pages: [
      ...['threat-model', 'users', 'capabilities', 'seccomp-apparmor', 'read-only', 'user-namespaces', 'secrets'],
      ...['socket', 'supply-chain', 'checklist'],
    ],
  },
  {
    folder: 'practice',
    label: { de: 'Praxis', en: 'Practice' },
    intro: {
      de: 'Von der naiven zur guten Lösung: echte Dienste, Fehlersuche, Aufräumen, CI.',
      en: 'From a naive solution to a good one: real services, debugging, cleaning up, CI.',
    },
    pages: ['node', 'python', 'go', 'debugging', 'cleanup', 'ci'],
  },
];
