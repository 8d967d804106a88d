// A bundle of its own: the library behind it is large and seldom needed.
export { aiBom } from '../drafts/aiBom.ts';
