/**
 * The kernel's picture in launchers (`logo-svg.svg`): a mill wheel of eight paddles around the letters "ts".
 * It has its own background, so that it reads in light and dark.
 */
export const LOGO_SVG: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<title>Labmill</title>
<rect width="64" height="64" rx="12" fill="#17456b"/>
<g fill="none" stroke="#f2b84b" stroke-width="4" stroke-linecap="round">
<circle cx="32" cy="32" r="18"/>
${[0, 45, 90, 135, 180, 225, 270, 315].map((angle) => `<path d="M32 14V6" transform="rotate(${angle} 32 32)"/>`).join('\n')}
</g>
<text x="32" y="38" font-family="Verdana,DejaVu Sans,sans-serif" font-size="17" font-weight="bold" text-anchor="middle" fill="#fff">ts</text>
</svg>
`;
