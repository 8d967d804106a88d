import type { DetectionGroup } from './detection.ts';

export const DATA: DetectionGroup = {
  title: 'Dataset loading',
  detections: [],
};
