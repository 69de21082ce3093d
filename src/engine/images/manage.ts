/** What the Engine API does with images that it has. */
export { imageHistory, inspectImage, inspectImageStruct } from './inspect.ts';
export { type ImageSummary, listImages } from './list.ts';
export { type ImageDeletion, pruneImages, removeImage } from './remove.ts';
