/** Stands in for the optional XML writer of the CycloneDX library: only JSON is written here. */
export function create(): never {
  throw new Error('XML is not written');
}
