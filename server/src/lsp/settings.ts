import * as z from 'zod';
import { DEFAULT_SETTINGS, type Settings } from './protocol.ts';

const FIELDS = {
  enable: z.boolean(),
  run: z.enum(['onType', 'onSave']),
  rules: z.object({
    customizations: z.array(z.object({ rule: z.string().max(200), severity: z.string() })).default([]),
  }),
  untitled: z.boolean(),
  codeActions: z.object({ disable: z.boolean().default(true), documentation: z.boolean().default(true) }),
  cards: z.object({ codeLens: z.boolean().default(true), outline: z.boolean().default(true) }),
};

/** Reads what the client answers for the section; a wrong value is logged and replaced by its default, never thrown. */
export function readSettings(value: unknown, log: (message: string) => void): Settings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [key, schema] of Object.entries(FIELDS)) {
    if (given[key] === undefined || given[key] === null) continue;
    const result = schema.safeParse(given[key]);
    if (result.success) settings[key] = result.data;
    else log(`setting guidelint.${key} is not used: ${result.error.issues[0]?.message}`);
  }
  return settings as unknown as Settings;
}
