import type { DetectionGroup } from './detection.ts';

export const DATA: DetectionGroup = {
  title: 'Dataset loading',
  detections: [
    ['DATA-01', 'Loading script of a dataset trusted with `trust_remote_code`'],
    ['DATA-02', 'Dataset loaded with a library so old that its script runs without a question'],
    ['DATA-03', 'Scripts of all datasets trusted through the environment'],
    ['DATA-04', 'Metric whose code comes from the Hub'],
    ['DATA-05', 'Dataset of the Hub without a commit'],
    ['DATA-06', 'Dataset read over plain HTTP or FTP'],
    ['DATA-07', 'Checks of a dataset switched off'],
    ['DATA-08', 'WebDataset that runs shell commands or unpickles members'],
    ['DATA-09', 'Text from elsewhere run as a pandas expression'],
    ['DATA-10', 'XML read with external entities or without limits'],
    ['DATA-11', 'Archive unpacked without checking its paths'],
    ['DATA-12', 'Download without a digest'],
    ['DATA-13', 'MD5 or SHA-1 used to verify a file'],
    ['DATA-14', 'Kaggle dataset or model without a version'],
    ['DATA-15', 'Limit against decompression bombs switched off'],
    ['DATA-16', 'Model or dataset uploaded without saying whether it is private'],
  ],
};
