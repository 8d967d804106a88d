import type { DetectionGroup } from './detection.ts';

export const TRN: DetectionGroup = {
  title: 'Training defaults',
  detections: [
    ['TRN-01', 'Model pushed to a public repository while it is trained'],
    ['TRN-02', 'Training reports to every tracker that is installed'],
    ['TRN-03', 'Weights saved as a pickle'],
    ['TRN-04', 'Training continued from a downloaded checkpoint'],
    ['TRN-05', 'Code, secrets or environment uploaded to a tracker'],
    ['TRN-06', 'Token among the arguments of a training'],
    ['TRN-07', 'Code that a model wrote is run to score it'],
  ],
};
