import type { DetectionGroup } from './detection.ts';

export const OUT: DetectionGroup = {
  title: 'Use of model output',
  detections: [
    ['OUT-01', 'Reply of a model run as code'],
    ['OUT-02', 'Reply of a model run in a shell'],
    ['OUT-03', 'Query written by a model'],
    ['OUT-04', 'Reply of a model shown as HTML'],
    ['OUT-05', 'Reply of a model as address or file name'],
    ['OUT-06', 'Reply of a model deserialized'],
    ['OUT-07', 'Building block that evaluates what the model writes'],
    [
      'OUT-08',
      'Refusal or reason of stopping not looked at',
      'Off by design: most correct programs leave it to a wrapper or show the refusal to the user, and no file shows which.',
    ],
    [
      'OUT-09',
      'No moderation of input or output',
      'Off by design: filters sit in gateways and at the provider as often as in the code, and a missing call proves nothing.',
    ],
    ['OUT-10', 'Prompts and replies written to a log or a tracing service'],
  ],
};
