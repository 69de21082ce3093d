/** The flags of a command line after parsing: values by long name, defaults filled in. */
export interface FlagValues {
  /** Whether the user gave it. */
  changed(name: string): boolean;
  boolean(name: string): boolean;
  /** The last value as it was written. */
  string(name: string): string;
  /** Bytes for sizes, nanoseconds for durations, 10⁻⁹ processors for `--cpus`, else the number as it was written. */
  number(name: string): number;
  /** Values of a flag that may be given several times, in order. */
  list(name: string): readonly string[];
}
