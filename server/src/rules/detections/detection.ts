/**
 * One known insecure practice. A rule that finds it names the id in `meta.detections`; one that no rule finds yet says here
 * why. The ids are working names; a rule may cover several of them.
 */
export type Detection = readonly [id: string, title: string, whyNot?: string];

/** The detections of one subject. */
export interface DetectionGroup {
  readonly title: string;
  readonly detections: readonly Detection[];
}
