/** The schedules of every policy, from an independent stepper: equal to the microsecond, from the scenario's text on. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type RequestOutcomes, Status } from '../../src/engine/outcomes.ts';
import { runScenario } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { noFiles } from '../../src/workload/files.ts';
import { requestId, type RequestTable } from '../../src/workload/request-table.ts';

type Row = readonly [id: string, admitted: number | null, firstToken: number | null, finish: number | null, shedReason: string | null, preemptions: number];

interface Case {
  readonly scenario: { readonly name: string };
  readonly expected: Readonly<Record<string, readonly Row[]>>;
}

const casesOf = (file: string): readonly Case[] =>
  (JSON.parse(gunzipSync(readFileSync(`${import.meta.dirname}/policies/${file}.json.gz`)).toString('utf8')) as { cases: Case[] }).cases;

const orNull = (time: number): number | null => (Number.isNaN(time) ? null : time);

function rowsOf(table: RequestTable, o: RequestOutcomes): Row[] {
  return Array.from(o.status, (status, i) => [
    requestId(table, i), orNull(o.admitted[i]!), orNull(o.firstToken[i]!), orNull(o.finish[i]!),
    status === Status.shed ? o.shedReasons[o.shedReason[i]!]! : null, o.preemptions[i]!,
  ]);
}

const byId = (rows: readonly Row[]): Row[] => rows.toSorted(([a], [b]) => (a < b ? -1 : 1));

describe.each(['slots', 'kv'])('%s', (file) => {
  it.each(casesOf(file).map((each) => [each.scenario.name, each] as const))('%s', async (name, { scenario, expected }) => {
    const loaded = loadScenario(JSON.stringify(scenario), `${name}.json`);
    if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
    const found = new Map<string, Row[]>();
    await runScenario(loaded.scenario, { files: noFiles, onRun: ({ scheduler }, table, outcomes) => void found.set(scheduler, rowsOf(table, outcomes)) });
    expect([...found.keys()]).toEqual(Object.keys(expected));
    for (const [scheduler, rows] of Object.entries(expected)) expect({ [scheduler]: byId(found.get(scheduler)!) }).toEqual({ [scheduler]: byId(rows) });
  });
});
