import { listOf, type TreeNode, under } from './tree.ts';

/** A workflow of GitHub Actions; of another file everything is empty. */
export interface Workflow {
  readonly triggers: readonly Trigger[];
  readonly permissions: TreeNode | undefined;
  readonly jobs: readonly Job[];
}

export interface Trigger {
  /** `issue_comment` */
  readonly event: string;
  /** Activities; empty where none is named, which means the usual ones. */
  readonly types: readonly string[];
}

export interface Job {
  readonly id: string;
  readonly condition: string;
  readonly permissions: TreeNode | undefined;
  readonly environment: TreeNode | undefined;
  readonly steps: readonly Step[];
  /** Name of an output to its expression. */
  readonly outputs: ReadonlyMap<string, string>;
}

export interface Step {
  readonly id: string | undefined;
  readonly condition: string;
  /** `owner/action@ref` */
  readonly uses: TreeNode | undefined;
  /** Inputs by their names in lower case, with `_` for `-`. */
  readonly inputs: ReadonlyMap<string, TreeNode>;
  readonly run: TreeNode | undefined;
  /** Variables of the workflow, the job and the step; the nearest wins. */
  readonly env: ReadonlyMap<string, TreeNode>;
}

export function readWorkflow([root]: readonly TreeNode[]): Workflow {
  const jobs = under(root, 'jobs');
  return {
    triggers: jobs ? triggersOf(under(root, 'on') ?? under(root, 'true')) : [],
    permissions: under(root, 'permissions'),
    jobs: (jobs?.entries ?? []).map(({ key, node }) => ({
      id: key,
      condition: under(node, 'if')?.text ?? '',
      permissions: under(node, 'permissions'),
      environment: under(node, 'environment'),
      outputs: new Map(under(node, 'outputs')?.entries.map((each) => [each.key, each.node.text] as const)),
      steps: (under(node, 'steps')?.items ?? []).map((step) => stepOf(step, [under(root, 'env'), under(node, 'env')])),
    })),
  };
}

function stepOf(step: TreeNode, above: readonly (TreeNode | undefined)[]): Step {
  const inputs = under(step, 'with')?.entries ?? [];
  const env = [...above, under(step, 'env')].flatMap((node) => node?.entries ?? []);
  return {
    id: under(step, 'id')?.text || undefined,
    condition: under(step, 'if')?.text ?? '',
    uses: under(step, 'uses'),
    inputs: new Map(inputs.map(({ key, node }) => [key.toLowerCase().replaceAll('-', '_'), node] as const)),
    run: under(step, 'run'),
    env: new Map(env.map(({ key, node }) => [key, node] as const)),
  };
}

/** `on: push`, `on: [push]`, and by name with activities. */
function triggersOf(on: TreeNode | undefined): readonly Trigger[] {
  if (on?.kind === 'map') {
    return on.entries.map(({ key, node }) => ({
      event: key,
      types: listOf(under(node, 'types')).map(({ text }) => text),
    }));
  }
  return listOf(on).map(({ text }) => ({ event: text, types: [] }));
}

/** Texts of the expressions in a value: what stands in `${{ … }}`, with its offset in the value. */
export function expressionsOf(
  text: string,
): readonly { readonly text: string; readonly at: number; readonly end: number }[] {
  const found: { text: string; at: number; end: number }[] = [];
  for (let at = text.indexOf('${{'); at !== -1; at = text.indexOf('${{', at + 3)) {
    const end = text.indexOf('}}', at);
    if (end === -1) break;
    // `github.event['issue']` is `github.event.issue`.
    const inside = text.slice(at + 3, end).replace(/\[\s{0,20}'([\w-]{1,100})'\s{0,20}\]/g, '.$1');
    found.push({ text: inside.trim(), at, end: end + 2 });
  }
  return found;
}
