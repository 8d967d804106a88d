import type { DetectionGroup } from './detection.ts';

export const CFG: DetectionGroup = {
  title: 'Configuration files',
  detections: [['CFG-22', 'Editor tasks that start when a folder is opened, and programs that settings name']],
};
