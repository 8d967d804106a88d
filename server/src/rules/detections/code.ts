import type { DetectionGroup } from './detection.ts';

export const CODE: DetectionGroup = {
  title: 'Remote code',
  detections: [],
};
