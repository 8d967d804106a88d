import type { DetectionGroup } from './detection.ts';

export const SRV: DetectionGroup = {
  title: 'Serving and network defaults',
  detections: [],
};
