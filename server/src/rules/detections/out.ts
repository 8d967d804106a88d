import type { DetectionGroup } from './detection.ts';

export const OUT: DetectionGroup = {
  title: 'Use of model output',
  detections: [],
};
