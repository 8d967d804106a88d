import { callTable, checkCalls } from '../../engine/callRule.ts';
import { checkCommands, checkSettings, commandTable, settingTable, startedWith } from '../../engine/commandRule.ts';
import { defineRule } from '../../engine/rule.ts';

/**
 * Gradio's guide "Sharing your app": `share=True` opens a tunnel through a server of the project, under an address that
 * anybody may open; `GRADIO_SHARE` is the default of `share` (gradio 3 and later). `launch`'s third parameter is `share`.
 */
const CALLS = callTable([
  {
    detection: 'SRV-01',
    apis: 'gradio.**.launch',
    when: [{ parameter: 'share', position: 2, is: 'true' }],
    unless: [{ parameter: 'auth', is: 'given' }],
    fixes: [{ remove: 'share', position: 2, kind: 'suggestion' }],
  },
]);

// stable-diffusion-webui and its forks; text-generation-webui; LangGraph's development server opens a Cloudflare tunnel.
const COMMANDS = commandTable([
  {
    detection: 'SRV-01',
    programs: 'launch.py, webui.py, webui.sh, server.py',
    when: [{ option: '--share', is: 'given' }],
    unless: [{ option: '--gradio-auth --gradio-auth-path', is: 'given' }],
  },
  { detection: 'SRV-17', programs: 'langgraph dev', when: [{ option: '--tunnel', is: 'given' }] },
]);
const SETTINGS = settingTable([
  { detection: 'SRV-01', variables: 'GRADIO_SHARE', is: /^(?:true|1)$/i, message: 'setting', fix: 'False' },
]);

export const publicAppLink = defineRule({
  meta: {
    id: 'GL353',
    name: 'public-app-link',
    title: 'App published through a public tunnel without a login',
    kinds: ['python', 'notebook', 'script', 'container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-306',
      'atlas:AML.T0049',
    ],
    why: 'Everybody who learns or guesses the link uses the model, the data and the machine behind it, past your firewall. Links of this kind are found by scanners.',
    how: 'Leave sharing off and let people in through a server of your own. If you need the tunnel for a demonstration, ask for a login with `auth=`.',
    messages: {
      call: '`{argument}` publishes this app to everybody who has the link, without a login',
      command: '`{option}` publishes the app to everybody who has the link, without a login',
      setting: '`{variable}={value}` publishes every app of this process to everybody who has the link',
    },
    detections: ['SRV-01'],
    examples: [
      { path: '.env', bad: 'GRADIO_SHARE=true\n', good: 'GRADIO_SHARE=false\n' },
      {
        path: 'app.py',
        bad: 'import gradio as gr\n\nwith gr.Blocks() as demo:\n    gr.Textbox()\ndemo.queue().launch(share=True)\n',
        fixed: 'import gradio as gr\n\nwith gr.Blocks() as demo:\n    gr.Textbox()\ndemo.queue().launch()\n',
      },
      { path: 'app.py', bad: 'import os\n\nos.environ["GRADIO_SHARE"] = "true"\n' },
      { path: 'start.py', bad: 'import subprocess\n\nsubprocess.run(["python", "webui.py", "--share"])\n' },
      {
        title: 'behind a login',
        path: 'app.py',
        good: 'import gradio as gr\n\ngr.Interface(predict, "text", "text").launch(share=True, auth=check)\n',
      },
      { path: 'app.py', good: 'import gradio as gr\n\ngr.ChatInterface(reply).launch()\n' },
      { path: 'app.py', good: 'from rockets import Pad\n\nPad().launch(share=True)\n' },
    ],
  },
  triggers: [CALLS, ...startedWith(COMMANDS, SETTINGS)],
  *check(file) {
    yield* checkCalls(file, CALLS, 'warning');
    yield* checkCommands(file, COMMANDS, 'warning');
    yield* checkSettings(file, SETTINGS, 'warning');
  },
});
