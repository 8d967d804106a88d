import type { DetectionGroup } from './detection.ts';

export const NET: DetectionGroup = {
  title: 'Downloads, transport and integrity',
  detections: [
    ['NET-01', 'transformers model or tokenizer without a commit'],
    ['NET-02', 'Model of another library without a commit'],
    ['NET-03', 'Pipeline that takes whatever model is the default'],
    ['NET-04', 'File or snapshot of the Hub without a commit'],
    ['NET-05', 'Snapshot of a repository with everything in it'],
    ['NET-06', 'Command that downloads a model without revision or digest'],
    ['NET-07', 'Model, data or endpoint over plain HTTP'],
    ['NET-08', 'Certificate not checked in a client'],
    ['NET-09', 'Certificate not checked in `ssl`, for one context or for all'],
    ['NET-10', 'Certificate checks switched off in the environment'],
    ['NET-11', 'Models taken from another host than the Hub'],
    ['NET-12', 'Shell command that checks no certificate or runs what it downloads'],
    ['NET-13', 'Packages installed from an index or address that is not pinned or trusted'],
    ['NET-14', 'Request that may wait for ever'],
    ['NET-15', 'Signature check told to let things pass'],
    ['NET-16', 'Version with a known hole, used where it matters'],
  ],
};
