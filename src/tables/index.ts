export { type FillInRow, renderFillIn } from './fill-in.ts';
