import type { DetectionGroup } from './detection.ts';

export const INS: DetectionGroup = {
  title: 'Prompt, instruction and assistant files',
  detections: [
    ['INS-01', 'Invisible characters in instructions'],
    ['INS-02', 'Bidirectional controls in instructions or code'],
    ['INS-03', 'Text smuggled in tag characters or variation selectors'],
    ['INS-04', 'Instructions in comments, invisible elements or encoded text'],
    ['INS-05', 'Phrases that override other instructions, hide something or remove the question'],
    ['INS-06', 'Instruction to read secrets and send them'],
    ['INS-07', 'Instruction to run or follow what an address sends'],
    ['INS-08', 'Front matter that grants every tool or skips questions'],
    ['INS-09', 'Commands that run, and files that are read, before the model sees the prompt'],
    ['INS-10', 'Templates with keys, with user text among the instructions, or without encoding'],
    ['INS-11', 'Claude Code settings that bypass questions or barriers'],
    ['INS-12', 'VS Code settings that approve tools, commands, edits or addresses in general'],
    ['INS-13', 'Codex settings without approval or sandbox'],
    ['INS-14', 'Gemini CLI settings that accept everything'],
    ['INS-15', 'Lists of unasked actions of other assistants that fit everything'],
    ['INS-21', 'MCP servers trusted, or their tools approved, in general'],
    ['INS-22', 'Hooks that use the network or approve everything'],
    [
      'INS-23',
      'Skills and plugins with compiled files or sources by branch',
      'whether a file beside a skill is a program shows in its bytes, which rules about texts do not see',
    ],
    ['INS-24', 'Instruction to change its own settings or approvals'],
  ],
};
