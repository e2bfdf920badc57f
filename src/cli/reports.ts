/** From finished runs to what the renderers take. */
import { workloadDigest } from '../metrics/digest.ts';
import type { Report } from '../render/runs/report.ts';
import type { Run } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { policyNamed } from '../schedulers/index.ts';
import type { Workload } from '../workload/build.ts';
import { optionsInSeconds, settings } from './policy-options.ts';

/** A run and, where it was asked for, the digest of its outcome. */
export interface Replay {
  readonly run: Run;
  readonly digest: string | null;
}

/** @param digests whether some output shows them: they take time on millions of requests */
export async function reportOf(
  scenario: Scenario, { table, reports }: Workload, replays: readonly Replay[], digests: boolean,
): Promise<Report> {
  return {
    name: scenario.name, file: scenario.file, seed: scenario.seed, requests: table.count,
    digest: digests ? await workloadDigest(table) : null,
    engine: scenario.engine, sources: reports,
    classes: scenario.classes.map(({ name }) => name), tenants: table.tenants,
    runs: replays.map(({ run: { scheduler, policy, options, summary, sameScheduleAs }, digest }) => {
      const definition = policyNamed(policy)!;
      return {
        scheduler, policy, options: optionsInSeconds(definition, options), settings: settings(definition, options),
        summary, outcomeDigest: digest, sameScheduleAs,
      };
    }),
  };
}
