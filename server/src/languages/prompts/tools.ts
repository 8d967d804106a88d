import type { Prompt } from './model.ts';

// One tool has a name per product: VS Code before and after 1.106, GitHub, Claude Code, Gemini CLI, Cursor, OpenCode.
const TERMINAL =
  /^(?:execute(?:\/.*)?|runCommands?(?:\/.*)?|runInTerminal|run_in_terminal|shell|run_shell_command|terminal|command|runTasks(?:\/.*)?|Bash\b.*|PowerShell)$/i;
const WRITE =
  /^(?:edit(?:\/.*)?|editFiles|edits|write|MultiEdit|new|create(?:File|_file)?|write_file|apply_patch|NotebookEdit)$/i;

/** Whether an agent can run commands, or change files; one that names no tools has them all. */
export function canAct({ format, tools, granted }: Prompt): { terminal: boolean; write: boolean } {
  if (format === 'agent' && !tools) return { terminal: true, write: true };
  const names = [...(tools ?? []), ...(granted ?? [])].map(({ text }) => text);
  const all = names.includes('*');
  return {
    terminal: all || names.some((name) => TERMINAL.test(name)),
    write: all || names.some((name) => WRITE.test(name)),
  };
}
