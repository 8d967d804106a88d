import type { DetectionGroup } from './detection.ts';

export const CFG: DetectionGroup = {
  title: 'Configuration files',
  detections: [],
};
