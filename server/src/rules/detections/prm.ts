import type { DetectionGroup } from './detection.ts';

export const PRM: DetectionGroup = {
  title: 'Prompt construction',
  detections: [
    ['PRM-01', 'Text of a user in a system or developer message'],
    ['PRM-02', 'Whole list of messages taken from the client, roles included'],
    ['PRM-03', 'Retrieved text in a prompt without a boundary'],
    ['PRM-04', 'Jinja template of a prompt that others wrote'],
    ['PRM-05', 'Chat template of a model rendered outside the sandbox'],
    ['PRM-06', 'Text of a user as the template instead of the value'],
    ['PRM-07', 'Password or key inside a prompt'],
    ['PRM-08', 'Prompt file allowed to name any other file'],
    ['PRM-09', 'Description of a tool made of untrusted text'],
    ['PRM-10', 'No limit for the length of the answer'],
    ['PRM-11', 'Safety filter of a model switched off'],
    ['PRM-12', 'Model named by an alias that moves'],
  ],
};
