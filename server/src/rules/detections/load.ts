import type { DetectionGroup } from './detection.ts';

export const LOAD: DetectionGroup = {
  title: 'Model loading and serialization',
  detections: [],
};
