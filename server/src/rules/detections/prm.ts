import type { DetectionGroup } from './detection.ts';

export const PRM: DetectionGroup = {
  title: 'Prompt construction',
  detections: [],
};
