import type { DetectionGroup } from './detection.ts';

export const NBK: DetectionGroup = {
  title: 'Notebooks',
  detections: [],
};
