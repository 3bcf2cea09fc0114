import { Figure } from './figure.ts';
import type { PlotlyAxis, PlotlyAxisType, PlotlyLayout, PlotlyTrace } from './plotly-json.ts';
import { type Band, type ReferenceLine, bandShapes, bandTraces, lineShapes } from './references.ts';
import { wrapTitle } from './svg/frame.ts';
import { plotlyText } from './svg/text.ts';

/** Options that every chart takes. */
export interface ChartOptions {
  /** States the finding. Default: none. */
  readonly title?: string;
  /** Name and unit of the x axis, such as `'Temperature (°C)'`. Default: none. */
  readonly xTitle?: string;
  /** Name and unit of the y axis. Default: none. */
  readonly yTitle?: string;
  /** Default: as the values are: numbers, dates, categories. */
  readonly xScale?: PlotlyAxisType;
  /** Default: as the values are. */
  readonly yScale?: PlotlyAxisType;
  /** Reference lines. Default: none. */
  readonly lines?: readonly ReferenceLine[];
  /** Shaded bands behind the data. Default: none. */
  readonly bands?: readonly Band[];
  /** Pixels. Default: 720. */
  readonly width?: number;
  /** Pixels. Default: 420. */
  readonly height?: number;
}

/** Returns the figure of `traces` with everything that `options` say about the rest; `layout` adds to it. */
export function chart(options: ChartOptions, traces: readonly PlotlyTrace[], layout: PlotlyLayout = {}): Figure {
  const { title = '', width = 720, height = 420, lines = [], bands = [] } = options;
  const data = [...bandTraces(bands), ...traces];
  const shapes = [...bandShapes(bands), ...lineShapes(lines, traces)];
  const references = [...bands, ...lines].filter(({ name }) => name !== undefined);
  const series = traces.filter(({ name, showlegend }) => name !== undefined && showlegend !== false);
  const titleLines = wrapTitle(title, width);
  return new Figure({
    data,
    layout: {
      title: { text: titleLines.map(plotlyText).join('<br>') },
      width,
      height,
      showlegend: references.length > 0 || series.length > 1,
      ...(shapes.length === 0 ? {} : { shapes }),
      ...layout,
      xaxis: { ...axis(options.xTitle, options.xScale), ...layout.xaxis },
      yaxis: { ...axis(options.yTitle, options.yScale), ...layout.yaxis },
    },
  });
}

/** Returns an axis of a chart. */
function axis(title: string | undefined, type: PlotlyAxisType | undefined): PlotlyAxis {
  return {
    ...(title === undefined ? {} : { title: { text: plotlyText(title) } }),
    ...(type === undefined ? {} : { type }),
  };
}
