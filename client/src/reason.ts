/**
 * What is wrong with the reason for a suppression; undefined if nothing. It goes into a comment behind a colon, so it is
 * one line, does not end a Markdown comment, and any date in it can be read.
 *
 * @param today ISO date; a day before it would end the suppression at once.
 */
export function reasonProblem(text: string, today: string): string | undefined {
  const reason = text.trim();
  if (reason.replace(/\(until[^)]*\)/i, '').trim() === '') return 'Write down why this finding is acceptable.';
  if (/[\r\n]/.test(reason)) return 'The reason must fit on one line.';
  if (reason.includes('--' + '>')) return 'The reason cannot contain --' + '>, which would end the comment.';
  const until = /\(\s*until\b([^)]*)\)?/i.exec(reason)?.[1]?.trim();
  if (until === undefined) return undefined;
  if (!isDate(until)) return 'Write the date as (until 2027-01-31).';
  if (until < today) return `${until} is already past.`;
  return undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // 31 February would come out as a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
