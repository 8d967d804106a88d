import type { DetectionGroup } from './detection.ts';

export const INS: DetectionGroup = {
  title: 'Prompt, instruction and assistant files',
  detections: [
    ['INS-11', 'Claude Code settings that bypass questions or barriers'],
    ['INS-12', 'VS Code settings that approve tools, commands, edits or addresses in general'],
    ['INS-13', 'Codex settings without approval or sandbox'],
    ['INS-14', 'Gemini CLI settings that accept everything'],
    ['INS-15', 'Lists of unasked actions of other assistants that fit everything'],
    ['INS-16', 'Assistants started with options that skip every question'],
    ['INS-17', 'MCP servers started from packages, images or repositories without a version'],
    ['INS-18', 'Secrets in the configuration of an MCP server'],
    ['INS-19', 'MCP servers reached without encryption'],
    ['INS-20', 'MCP servers that are a line of shell, inline code, or made to load other code'],
    ['INS-21', 'MCP servers that reach the whole disk, host or database, or are trusted in general'],
    ['INS-22', 'Hooks that use the network or approve everything'],
  ],
};
