import type { DetectionGroup } from './detection.ts';

export const NBK: DetectionGroup = {
  title: 'Notebooks',
  detections: [
    ['NBK-01', 'Key or token in a cell, a magic or a saved output'],
    ['NBK-02', 'Packages installed without version, from a branch or from a second index'],
    ['NBK-03', 'Download that is run at once or comes unencrypted'],
    ['NBK-04', 'Script in a saved output'],
    ['NBK-05', 'Notebook that calls itself trusted'],
    [
      'NBK-06',
      'Model loaded from a mounted drive',
      'the loaders are reported like any other; that a drive is shared with others is not in the file',
    ],
    ['NBK-07', 'Repository cloned and run without checking out a commit'],
    ['NBK-08', 'Magic that takes code from an address'],
  ],
};
