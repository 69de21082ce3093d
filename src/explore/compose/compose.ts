import { explorable } from '../explorable.ts';
import { move, start } from './model.ts';
import { view } from './view.ts';

export default explorable({ start, move, view });
