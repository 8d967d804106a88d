import { gt, lt, valid } from '@renovatebot/pep440';

interface Constraint {
  readonly operator: string;
  readonly version: string;
}

/**
 * The lowest version that PEP 440 specifiers allow: `2.1` for `>=2.1,<3`, `2.5` for `==2.5.*`.
 *
 * @returns undefined without a lower bound, or when the text is no specifier.
 */
export function lowestOf(specifier: string): string | undefined {
  let lowest: string | undefined;
  for (const { operator, version } of constraintsOf(specifier)) {
    if (!/^(?:===?|~=|>=?)$/.test(operator)) continue;
    if (!lowest || gt(version, lowest)) lowest = version;
  }
  return lowest;
}

/** Whether specifiers allow a version older than `version`. */
export function isBelowVersion(specifier: string, version: string): 'yes' | 'no' | 'unknown' {
  const lowest = lowestOf(specifier);
  if (lowest) return lt(lowest, version) ? 'yes' : 'no';
  const upper = constraintsOf(specifier).find(({ operator }) => operator === '<' || operator === '<=');
  // Everything up to an older version: all that is allowed is older.
  if (upper && (lt(upper.version, version) || (upper.operator === '<' && !gt(upper.version, version)))) return 'yes';
  return 'unknown';
}

function constraintsOf(specifier: string): Constraint[] {
  return specifier.split(',').flatMap((part) => {
    const [, operator = '', written = ''] = /^\s*(===|==|~=|!=|<=|>=|<|>)\s*([^\s,]+)\s*$/.exec(part) ?? [];
    const version = written.replace(/(?:\.\*)+$/, '');
    return valid(version) ? [{ operator, version }] : [];
  });
}

/**
 * Specifiers of Poetry as PEP 440: `^2.1` to `>=2.1`, `~2.1` to `>=2.1`, a bare `2.1` to `==2.1`. Upper bounds of carets and
 * tildes are left out, since only the lowest version counts.
 *
 * Source: Poetry documentation, "Dependency specification".
 */
export function fromPoetry(constraint: string): string {
  // Alternatives: the first is written oldest by convention, but any may be.
  const alternatives = constraint.split('||').map((alternative) =>
    alternative
      .split(/[\s,]+(?=[\^~<>=!\d*])/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && part !== '*')
      .map((part) =>
        part
          .replace(/^(?:\^|~(?!=))\s*/, '>=')
          .replace(/^=(?!=)\s*/, '==')
          .replace(/^(?=\d)/, '=='),
      )
      .join(','),
  );
  return alternatives.reduce((lowest, each) => {
    const bound = lowestOf(lowest);
    return bound && isBelowVersion(each, bound) === 'yes' ? each : lowest;
  });
}
