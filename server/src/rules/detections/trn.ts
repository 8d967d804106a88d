import type { DetectionGroup } from './detection.ts';

export const TRN: DetectionGroup = {
  title: 'Training defaults',
  detections: [],
};
