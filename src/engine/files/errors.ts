/** Why a file operation was refused, with the kernel's name for it. */
export type FileErrorCode = keyof typeof STRERROR;

const STRERROR = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EBUSY: 'Device or resource busy',
  EXDEV: 'Invalid cross-device link',
  ENOSPC: 'No space left on device',
  EINVAL: 'Invalid argument',
  ENXIO: 'No such device or address',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
} as const;

/** A refused file operation. The message is what C's strerror says in the POSIX locale. */
export class FileError extends Error {
  readonly code: FileErrorCode;
  readonly path: string;

  constructor(code: FileErrorCode, path: string) {
    super(STRERROR[code]);
    this.code = code;
    this.path = path;
  }

  /** What strerror says about the code alone. */
  get reason(): string {
    return STRERROR[this.code];
  }
}

/** An output that can't be written. The message is what most programs say of it: `write error: …`. */
export class OutputError extends FileError {
  constructor({ code, path }: FileError) {
    super(code, path);
    this.message = `write error: ${this.reason}`;
  }
}
