/** The notebook document: read, check, change and write `.ipynb` files without noise. */
export type {
  Cell,
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  JsonObject,
  MimeBundle,
  Notebook,
  Output,
  ResultOutput,
  StreamOutput,
  TextCell,
} from './document.ts';
export { injectParameters, type ParameterValues } from './inject-parameters.ts';
export { requireTypeScript } from './language.ts';
export { type Displays, OutputArea, type OutputAreaOptions } from './output-area.ts';
export { type Parameter, readParameters } from './parameters.ts';
export { parseNotebook, type ReadNotebook, readNotebook, type ReadNotebookOptions } from './read-notebook.ts';
export { cellTags, hasTag } from './tags.ts';
export { formatNotebook, writeNotebook } from './write-notebook.ts';
