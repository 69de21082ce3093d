import type { CommandTable } from '../../command.ts';
import { importArchive, load, save } from './archive.ts';
import { history } from './history.ts';

/** Commands of `docker image …` that are called now and then only. */
export const occasionalImageCommands: CommandTable = {
  'image history': history,
  'image import': importArchive,
  'image load': load,
  'image save': save,
};
