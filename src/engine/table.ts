/**
 * A map of immutable records that can be copied at once: a fork shares its entries with the original until one of the
 * two is written to. Entries keep the order in which their keys were first set. Replace records, never change them.
 */
export class Table<T> {
  #entries: Map<string, T>;
  #shared = false;

  constructor(entries: Iterable<readonly [string, T]> = []) {
    this.#entries = new Map(entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  values(): IterableIterator<T> {
    return this.#entries.values();
  }

  entries(): IterableIterator<[string, T]> {
    return this.#entries.entries();
  }

  set(key: string, value: T): void {
    this.#own();
    this.#entries.set(key, value);
  }

  delete(key: string): boolean {
    if (!this.#entries.has(key)) return false;
    this.#own();
    return this.#entries.delete(key);
  }

  /** Replaces a record by itself with some fields changed. Throws when there is none. */
  update(key: string, change: Partial<T>): T {
    const old = this.#entries.get(key);
    if (old === undefined) throw new Error(`no record ${key}`);
    const changed = { ...old, ...change };
    this.set(key, changed);
    return changed;
  }

  /** A copy, made in constant time. */
  fork(): Table<T> {
    const copy = new Table<T>();
    copy.#entries = this.#entries;
    copy.#shared = true;
    this.#shared = true;
    return copy;
  }

  #own(): void {
    if (!this.#shared) return;
    this.#entries = new Map(this.#entries);
    this.#shared = false;
  }
}
