/** The serving room's door: an HTTP server for a model. */
export {
  createPredictionServer,
  type InjectedAnswer,
  type InjectedRequest,
  type ListenOptions,
  type PredictionServer,
  type PredictionServerOptions,
  startPredictionServer,
} from './server.ts';
export type { ModelNaming } from './served-model.ts';
export type { ServerLog } from './server-log.ts';
