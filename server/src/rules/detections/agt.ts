import type { DetectionGroup } from './detection.ts';

export const AGT: DetectionGroup = {
  title: 'Tools, agents and permissions',
  detections: [],
};
