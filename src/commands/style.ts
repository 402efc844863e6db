import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { findFile } from '../catalogue/index.ts';
import { parseStyle, type Style } from '../render/index.ts';

/** The style of documents, the bureau's own before ours. */
export const readStyle = (folders: string[]): Style =>
  parseStyle(load(readFileSync(findFile(folders, 'style/gongwen.yaml') ?? '', 'utf8')), 'gongwen.yaml');
