import { ramInBytes } from '../../engine/units.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

function deviceAndNumber(value: string): readonly [path: string, number: string] {
  const [path, number] = cut(value, ':');
  if (number === undefined || path === '') throw new OptionError(`bad format: ${value}`);
  if (!path.startsWith('/dev/')) throw new OptionError(`bad format for device path: ${value}`);
  return [path, number];
}

export interface ThrottleDevice {
  readonly Path: string;
  readonly Rate: number;
}

/** The value of `--device-read-bps` and `--device-write-bps`, in bytes a second. Throws {@link OptionError}. */
export function parseThrottleBps(value: string): ThrottleDevice {
  const [Path, rate] = deviceAndNumber(value);
  try {
    return { Path, Rate: ramInBytes(rate) };
  } catch {
    throw new OptionError(
      `invalid rate for device: ${value}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb`,
    );
  }
}

/** The value of `--device-read-iops` and `--device-write-iops`. Throws {@link OptionError}. */
export function parseThrottleIops(value: string): ThrottleDevice {
  const [Path, rate] = deviceAndNumber(value);
  if (!/^\d+$/.test(rate))
    throw new OptionError(
      `invalid rate for device: ${value}. The correct format is <device-path>:<number>. Number must be a positive integer`,
    );
  return { Path, Rate: Number(rate) };
}

/** The value of `--blkio-weight-device`. Throws {@link OptionError}. */
export function parseWeightDevice(value: string): { readonly Path: string; readonly Weight: number } {
  const [Path, text] = deviceAndNumber(value);
  const Weight = Number(text);
  if (!/^\d+$/.test(text) || Weight > 1000 || (Weight > 0 && Weight < 10))
    throw new OptionError(`invalid weight for device: ${value}`);
  return { Path, Weight };
}
