import type { DetectionGroup } from './detection.ts';

export const INS: DetectionGroup = {
  title: 'Prompt, instruction and assistant files',
  detections: [
    ['INS-11', 'Claude Code settings that bypass questions or barriers'],
    ['INS-12', 'VS Code settings that approve tools, commands, edits or addresses in general'],
    ['INS-13', 'Codex settings without approval or sandbox'],
    ['INS-14', 'Gemini CLI settings that accept everything'],
    ['INS-15', 'Lists of unasked actions of other assistants that fit everything'],
    ['INS-21', 'MCP servers trusted, or their tools approved, in general'],
    ['INS-22', 'Hooks that use the network or approve everything'],
  ],
};
