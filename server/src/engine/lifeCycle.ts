/**
 * The phases of an AI system's life in their order, with the names that publications give them. Left out on purpose: what
 * is no phase (tactics of attackers, duties of an organisation), and what spans several without saying so.
 */
export const LIFE_CYCLE = {
  design: ['design', 'secure design'],
  development: ['development', 'secure development', 'implementation'],
  deployment: ['deployment', 'secure deployment'],
  'operation and maintenance': ['operation', 'secure maintenance', 'secure operation and maintenance'],
  'end of life': ['secure end of life'],
  'whole life cycle': ['whole life cycle'],
} as const satisfies Record<string, readonly string[]>;
export type LifeCyclePhase = keyof typeof LIFE_CYCLE;

const BY_NAME = new Map<string, LifeCyclePhase>(
  Object.entries(LIFE_CYCLE).flatMap(([phase, names]) => names.map((name) => [name, phase as LifeCyclePhase] as const)),
);

/** The phase of the life cycle that a publication's name for one means; undefined where it means none. */
export function lifeCyclePhase(phase: string | undefined): LifeCyclePhase | undefined {
  return phase === undefined ? undefined : BY_NAME.get(phase);
}

/** What an item is found under when one looks for a phase: the life cycle's, else the publication's own, which may be several. */
export function phasesOf(phase: string | undefined): readonly string[] {
  const known = lifeCyclePhase(phase);
  return known ? [known] : (phase?.split(', ') ?? []);
}
