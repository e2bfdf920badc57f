/** The one list of trace formats. */
import { azure } from './azure.ts';
import type { TraceFormat } from './trace.ts';

export const TRACE_FORMATS: readonly TraceFormat[] = [azure];
