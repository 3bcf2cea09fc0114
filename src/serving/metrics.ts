import type { ServedModel } from './served-model.ts';

/** What a server counts. */
export interface Metrics {
  /** A request has begun. */
  begin(): void;
  /** It has been answered. */
  end(route: string, status: number, seconds: number): void;
  /** Rows were predicted. */
  countPredictions(rows: number): void;
  /** Returns all figures in Prometheus' text format. */
  text(): Promise<string>;
  /** The content type of that text. */
  readonly contentType: string;
}

/** What has been noted of one route and not yet been counted. */
interface Notes {
  readonly statuses: Map<number, number>;
  readonly seconds: number[];
}

/** Seconds; a row takes well under a millisecond, a full request of rows some hundred. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const maxNotes = 1000;

/**
 * Returns counters of requests and predictions, and the figures of the process, in a registry of their own.
 * What happens is only noted, and counted a thousand at a time or when somebody asks: the client's counters
 * look their labels up each time, which one by one costs more than a prediction.
 */
export async function createMetrics({ name, version, task }: ServedModel): Promise<Metrics> {
  const { default: prometheus } = await import('prom-client');
  const registry = new prometheus.Registry();
  const registers = [registry];
  prometheus.collectDefaultMetrics({ register: registry });
  const requests = new prometheus.Counter({
    name: 'labmill_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = new prometheus.Histogram({
    name: 'labmill_request_duration_seconds',
    help: 'Time from the head of a request to its answer, by route.',
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

  const notes = new Map<string, Notes>();
  let unanswered = 0;
  let rowsPredicted = 0;

  const count = (route: string, { statuses, seconds }: Notes): void => {
    for (const [status, times] of statuses) requests.inc({ route, status }, times);
    const duration = durations.labels({ route });
    for (const value of seconds) duration.observe(value);
    statuses.clear();
    seconds.length = 0;
  };
  return {
    begin: () => {
      unanswered++;
    },
    end: (route, status, duration) => {
      unanswered--;
      const noted = notes.get(route) ?? { statuses: new Map<number, number>(), seconds: [] };
      notes.set(route, noted);
      noted.statuses.set(status, (noted.statuses.get(status) ?? 0) + 1);
      if (noted.seconds.push(duration) === maxNotes) count(route, noted);
    },
    countPredictions: (rows) => {
      rowsPredicted += rows;
    },
    text: () => {
      for (const [route, noted] of notes) count(route, noted);
      predictions.inc(rowsPredicted);
      rowsPredicted = 0;
      inProgress.set(unanswered);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
