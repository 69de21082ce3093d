/** What of Docker's world is to be seen after each step of the landing page's recording. */
export interface Scene {
  /** Whether the container exists. */
  container: boolean;
  /** The page that lies in the container's writable layer, if one was written. */
  written: boolean;
  /** Whether this step sends a request from the host through the published port. */
  request: boolean;
  text: { de: string; en: string };
}

const none = { container: false, written: false, request: false };
const running = { ...none, container: true };

/** One scene before the first command, then one after each command of the recording. */
export const scenes: readonly Scene[] = [
  {
    ...none,
    text: {
      de: 'Ein Image liegt bereit: ein Stapel Schichten, die sich nie ändern.',
      en: 'An image is ready: a stack of layers that never change.',
    },
  },
  {
    ...running,
    text: {
      de: 'Ein Container läuft. Er benutzt die Schichten des Images und legt eine dünne beschreibbare darauf. Port 8080 des Hosts führt zu Port 80 in ihm.',
      en: 'A container runs. It uses the image’s layers and puts a thin writable one on top. Port 8080 of the host leads to port 80 inside.',
    },
  },
  {
    ...running,
    request: true,
    text: {
      de: 'Die Anfrage geht durch den veröffentlichten Port. Die Seite kommt aus einer Schicht des Images.',
      en: 'The request goes through the published port. The page comes from a layer of the image.',
    },
  },
  {
    ...running,
    written: true,
    text: {
      de: 'Geändert wird nur in der beschreibbaren Schicht. Das Image bleibt, wie es ist.',
      en: 'Changes go to the writable layer only. The image stays as it is.',
    },
  },
  {
    ...running,
    written: true,
    request: true,
    text: {
      de: 'Die neue Seite verdeckt die alte darunter.',
      en: 'The new page hides the old one below.',
    },
  },
  {
    ...none,
    text: {
      de: 'Mit dem Container geht seine beschreibbare Schicht, und mit ihr die Änderung.',
      en: 'With the container goes its writable layer, and with that the change.',
    },
  },
  {
    ...running,
    text: {
      de: 'Ein neuer Container aus demselben Image, mit einer neuen, leeren Schicht.',
      en: 'A new container from the same image, with a new, empty layer.',
    },
  },
  {
    ...running,
    request: true,
    text: {
      de: 'Die ursprüngliche Seite ist wieder da. Was bleiben soll, gehört in ein Volume.',
      en: 'The original page is back. What is to stay belongs in a volume.',
    },
  },
];
