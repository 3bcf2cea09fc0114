/**
 * Series colours that stay apart under the common colour vision deficiencies: the palette of Okabe and Ito
 * ("Color Universal Design", 2008) without black and yellow, which vanish on a dark and on a light ground,
 * and with a lighter blue, which stays readable as a thin line on both.
 */
export const palette: readonly string[] = [
  '#1E85C8', // blue
  '#D55E00', // vermillion
  '#009E73', // bluish green
  '#CC79A7', // reddish purple
  '#E69F00', // orange
  '#56B4E9', // sky blue
  '#8A8F98', // grey
];

/** Returns the colour of series `index`; after the last colour the palette starts again. */
export function seriesColor(index: number): string {
  return palette[index % palette.length]!;
}

/** The colour of reference lines and bands, readable on both grounds. */
export const referenceColor = '#7A828E';

/** Colours of everything that is not data. */
export interface Ground {
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
}

export const light: Ground = { panel: '#ffffff', text: '#1f2933', muted: '#52606d', grid: '#e6e9ed', axis: '#9aa5b1' };
export const dark: Ground = { panel: '#161b22', text: '#e6edf3', muted: '#a3adb8', grid: '#2a313a', axis: '#6e7681' };

export const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Returns the Plotly template that makes plotly.js draw figures in this room's style. */
export function plotlyTemplate(ground: Ground): Record<string, unknown> {
  const axis = {
    automargin: true,
    gridcolor: ground.grid,
    linecolor: ground.axis,
    zeroline: false,
    tickfont: { size: 12, color: ground.muted },
    title: { font: { size: 13 }, standoff: 12 },
  };
  const bars = { marker: { line: { width: 1, color: ground.panel } } };
  return {
    layout: {
      colorway: palette,
      paper_bgcolor: ground.panel,
      plot_bgcolor: ground.panel,
      font: { family: fontFamily, color: ground.text },
      title: {
        x: 0,
        xref: 'container',
        xanchor: 'left',
        y: 1,
        yref: 'container',
        yanchor: 'top',
        pad: { t: 16, l: 16 },
        font: { size: 17, weight: 600 },
      },
      legend: { orientation: 'h', x: 0, xref: 'container', xanchor: 'left', yref: 'container', yanchor: 'top' },
      hoverlabel: { font: { family: fontFamily } },
      xaxis: { ...axis, showgrid: false, showline: true, ticks: 'outside', tickcolor: ground.axis, ticklen: 5 },
      yaxis: axis,
    },
    data: {
      scatter: [{ marker: { line: { width: 0.8, color: ground.panel } } }],
      bar: [{ ...bars, error_x: { color: ground.text }, error_y: { color: ground.text } }],
      histogram: [bars],
    },
  };
}
