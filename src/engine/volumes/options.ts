import { EngineError } from '../errors.ts';

/** What each option of the driver `local` needs beside it (moby, volume/local). */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  device: ['type'],
  type: ['device'],
  o: ['device', 'type'],
};

/** Checks options of the driver `local`. Throws 400 with the driver's reason. */
export function checkLocalOptions(name: string, options: Readonly<Record<string, string>>): void {
  const refuse = (reason: string) => new EngineError(400, `create ${name}: ${reason}`);
  for (const option of Object.keys(options))
    if (option !== 'size' && !(option in NEEDS)) throw refuse(`invalid option: ${JSON.stringify(option)}`);
  for (const option of ['device', 'o', 'type'])
    for (const needed of options[option] === undefined ? [] : NEEDS[option]!)
      if (!options[needed]) throw refuse(`missing required option: ${JSON.stringify(needed)}`);
  if (options['size'] !== undefined) throw refuse('quota size requested but no quota support');
}
