/** What `sched list` can list, apart from the lists themselves so that its help loads none of them. */
export const KINDS = ['policies', 'presets', 'hardware', 'models', 'step-times', 'arrivals', 'lengths', 'traces', 'metrics'] as const;
export type CatalogKind = (typeof KINDS)[number];
