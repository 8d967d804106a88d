import type { DetectionGroup } from './detection.ts';

export const CODE: DetectionGroup = {
  title: 'Remote code',
  detections: [
    ['CODE-01', 'Code of a model repository trusted in transformers'],
    ['CODE-02', 'Trusted code without a commit for model and code'],
    ['CODE-03', 'Code of an embedding model trusted'],
    ['CODE-04', 'Community pipeline of diffusers'],
    ['CODE-05', 'torch.hub repository without a commit, or trusted outright'],
    ['CODE-06', 'Code of a model repository trusted by a server or converter'],
    ['CODE-07', 'Generation loop of a repository'],
    ['CODE-08', 'Native kernels of the Hub'],
    ['CODE-09', 'Tools and agents of the Hub'],
    ['CODE-10', 'Trust in repository code kept in a settings object'],
    ['CODE-11', 'Evaluation that runs programs written by the model'],
    ['CODE-12', 'Trust in repository code switched on in the environment'],
    ['CODE-13', 'Code that has just been downloaded is run'],
    ['CODE-14', 'Packages installed at run time'],
    ['CODE-15', 'Prompt of a hub without a commit'],
    ['CODE-16', 'App, pipeline or preset of a hub that cannot be told from the next version'],
  ],
};
