import type { Finding } from '../engine/finding.ts';
import { isRecorded, type Kind } from '../engine/kind.ts';
import { lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import { type TriggerIndex, triggerIndex } from '../languages/python/triggers.ts';
import { type Files, MAX_BYTES, type ReadProblem } from './files.ts';
import { openFile } from './open.ts';
import type { ConfigInForce, Project } from './project.ts';
import { inShard, type Shard } from './shard.ts';
import type { WalkedFile } from './walk.ts';

/** Findings by a name made of everything they depend on. */
export interface FindingCache {
  /** A short name; equal keys have equal names. */
  nameOf(key: string): string;
  has(name: string): boolean;
}

/** All that checking a file needs to know besides the file. */
export interface Surroundings {
  readonly files: Files;
  readonly rules: readonly Rule[];
  readonly project: Project;
  /** ISO date. */
  readonly today: string;
  /** Check only the files of one part; of the others only the text is of use, for the rules about several files. */
  readonly shard?: Shard | undefined;
  readonly cache?: FindingCache | undefined;
  readonly log?: ((message: string) => void) | undefined;
  /** Text of a document as an editor holds it, instead of the one on disk. */
  readonly openText?: ((uri: string) => string | undefined) | undefined;
  /** Text of a file in the commit it is compared with; undefined where it is not compared or was not there. */
  readonly before?: ((uri: string) => Promise<string | undefined>) | undefined;
}

/** What checking one file came to. Plain data, since it may come from another thread. */
export interface Outcome {
  readonly kind: Kind;
  /** Text of the file; of a notebook the raw JSON. The findings belong to it, whatever the file says by now. */
  readonly raw: string;
  /** What a cache knows the findings by. */
  readonly name?: string;
  /** Undefined where the cache has them under `name`. */
  readonly findings: readonly Finding[] | undefined;
}

/** Why a file was not checked that should have been. */
export interface NotChecked {
  readonly reason: string;
}

const REASONS: Record<ReadProblem, string> = {
  binary: 'binary content',
  'not-utf8': 'not UTF-8',
  'too-large': `larger than ${MAX_BYTES / 1024 / 1024} MB`,
  unreadable: 'cannot be read',
};

/** Checks one file after the other. Never throws for what is wrong with a file. */
export function openFileCheck(
  surroundings: Surroundings,
): (entry: WalkedFile) => Promise<(Outcome & { readonly file: SourceFile }) | NotChecked> {
  const { files, rules, project, today, shard, cache, log } = surroundings;
  const triggers: TriggerIndex = triggerIndex(rules.flatMap((rule) => (rule.triggers ? [rule.triggers] : [])));

  return async ({ uri, path }) => {
    const open = surroundings.openText?.(uri);
    const read = open === undefined ? await files.readText(uri, MAX_BYTES) : { text: open };
    if ('problem' in read) return { reason: read.detail || REASONS[read.problem] };
    const raw = read.text;
    const { config } = await project.configFor(uri);
    const packages = await project.packagesFor(uri);
    const opened = openFile({ uri, path, text: raw, config, packages, today });
    const { kind } = opened;
    const isOwn = rules.length > 0 && (!shard || inShard(path, shard));
    if (kind === 'other' || !isOwn) return { kind, raw, file: opened, findings: [] };
    const modules = await project.modulesFor(opened);
    const before = isRecorded(kind) ? await surroundings.before?.(uri) : undefined;
    const npm = await project.npmFor(opened);
    const pins = await project.pinsFor(opened);
    const file = opened.with({
      ...(modules && { modules }),
      ...(before !== undefined && { before }),
      ...(npm && { npm }),
      ...(pins && { pins }),
    });
    const name = cache?.nameOf(
      JSON.stringify([path, today, configKey(config), packages.key, modules?.key, npm?.key, pins?.key, before, raw]),
    );
    const isKnown = name !== undefined && cache?.has(name);
    const findings = isKnown ? undefined : lint(file, { rules, config, triggers, ...(log && { log }) });
    return { kind, raw, ...(name && { name }), findings, file: file.withoutViews() };
  };
}

function configKey(config: ConfigInForce['config']): unknown {
  const accepted = config.accepted.map(({ rule, reason, until }) => [rule, reason, until]);
  return [config.path, [...config.severities], [...config.options], config.kinds, accepted];
}
