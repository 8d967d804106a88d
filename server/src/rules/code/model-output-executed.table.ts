import { type ApiTable, apiTable, rows } from '../../languages/python/program.ts';

/** Where text becomes action. */
export interface Sink {
  /** Position and name of the argument that is run. */
  readonly position: number;
  readonly parameter: string;
  readonly runs: 'code' | 'shell' | 'command';
}

const code = (parameter: string, position = 0): Sink => ({ position, parameter, runs: 'code' });
const shell = (parameter: string): Sink => ({ position: 0, parameter, runs: 'shell' });
const command = (parameter: string, position = 0): Sink => ({ position, parameter, runs: 'command' });

/** Functions that run the text they are given. `command` takes a list of arguments too, or a shell line with `shell=True`. */
export const SINKS: ApiTable<Sink> = apiTable<Sink>([
  ...rows(code('source'), 'exec eval builtins.exec builtins.eval'),
  ...rows(code('command'), 'execfile pandas.eval'),
  ...rows(code('name'), 'importlib.import_module __import__'),
  ...rows(
    code('source'),
    `code.InteractiveInterpreter().runsource code.InteractiveInterpreter().runcode code.InteractiveConsole().push
    runpy.run_path`,
  ),
  ...rows(
    code('command'),
    `langchain_experimental.utilities.PythonREPL().run langchain_experimental.utilities.python.PythonREPL().run
    langchain.utilities.PythonREPL().run langchain.python.PythonREPL().run`,
  ),
  ...rows(code('raw_cell'), 'get_ipython().run_cell IPython.get_ipython().run_cell'),
  ...rows(shell('command'), 'os.system os.popen commands.getoutput commands.getstatusoutput'),
  ...rows(shell('cmd'), 'subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell'),
  ...rows(shell('command'), 'pexpect.run pexpect.spawn paramiko.SSHClient().exec_command'),
  ...rows(
    command('args'),
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ),
  ...rows(
    command('program'),
    'asyncio.create_subprocess_exec os.execl os.execlp os.execv os.execvp os.execve os.execvpe',
  ),
]);
