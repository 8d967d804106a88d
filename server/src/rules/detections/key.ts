import type { DetectionGroup } from './detection.ts';

export const KEY: DetectionGroup = {
  title: 'Keys and endpoints',
  detections: [
    ['KEY-01', 'Key of a provider, known by its prefix, written into code'],
    ['KEY-02', 'Key given to an SDK or an environment variable as a literal'],
    [
      'KEY-03',
      'Key shipped to the browser by a build variable or a switch of the SDK',
      'happens in JavaScript and TypeScript, which are not read',
    ],
    ['KEY-04', 'Key or token printed or logged'],
    ['KEY-05', 'Model reached over plain HTTP'],
    ['KEY-06', 'Token handed to git, which keeps it'],
  ],
};
