import type { DetectionGroup } from './detection.ts';

export const KEY: DetectionGroup = {
  title: 'Keys and endpoints',
  detections: [],
};
