import type { DetectionGroup } from './detection.ts';

export const NET: DetectionGroup = {
  title: 'Downloads, transport and integrity',
  detections: [],
};
