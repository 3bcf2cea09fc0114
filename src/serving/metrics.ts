import type { Counter, Histogram } from 'prom-client';
import type { ServedModel } from './served-model.ts';

/** A request that has been answered. */
interface AnsweredRequest {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/** What a server counts. */
export interface Metrics {
  /** A request has begun. */
  begin(): void;
  /** It has been answered. */
  end(request: AnsweredRequest): void;
  /** Rows were predicted. */
  countPredictions(rows: number): void;
  /** Returns all figures in Prometheus' text format. */
  text(): Promise<string>;
  /** The content type of that text. */
  readonly contentType: string;
}

/** Seconds; a row takes well under a millisecond, a full request of rows some hundred. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Returns counters of requests and predictions, and the figures of the process, in a registry of their own. */
export async function createMetrics({ name, version, task }: ServedModel): Promise<Metrics> {
  const { default: prometheus } = await import('prom-client');
  const registry = new prometheus.Registry();
  const registers = [registry];
  prometheus.collectDefaultMetrics({ register: registry });
  const requests = new prometheus.Counter({
    name: 'labmill_requests_total',
    help: 'Requests answered, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const durations = new prometheus.Histogram({
    name: 'labmill_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer, by route.',
    labelNames: ['route'],
    buckets,
    registers,
  });
  const inProgress = new prometheus.Gauge({
    name: 'labmill_requests_in_progress',
    help: 'Requests begun and not yet answered.',
    registers,
  });
  const predictions = new prometheus.Counter({
    name: 'labmill_predictions_total',
    help: 'Rows predicted.',
    registers,
  });
  new prometheus.Gauge({
    name: 'labmill_model_info',
    help: 'The model that is served; always 1.',
    labelNames: ['name', 'version', 'task'],
    registers,
  }).set({ name, version, task }, 1);

  // Finding the child of a set of labels costs more than counting in it.
  const counters = new Map<string, Counter.Internal>();
  const timers = new Map<string, Histogram.Internal<'route'>>();
  let unanswered = 0;
  return {
    begin: () => {
      unanswered++;
    },
    end: ({ route, method, status, seconds }) => {
      unanswered--;
      const key = `${route} ${method} ${status}`;
      const counter = counters.get(key) ?? requests.labels({ route, method, status: String(status) });
      counters.set(key, counter);
      counter.inc();
      const timer = timers.get(route) ?? durations.labels({ route });
      timers.set(route, timer);
      timer.observe(seconds);
    },
    countPredictions: (rows) => predictions.inc(rows),
    text: () => {
      inProgress.set(unanswered);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
