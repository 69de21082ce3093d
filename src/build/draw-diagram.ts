/**
 * Runs inside the browser that `npm run diagrams` starts: turns Mermaid's output into plain SVG that needs no `<style>`
 * and no `style` attribute (a strict Content-Security-Policy forbids both) and takes its colours from the page. The function is sent to the browser as text, so it uses nothing from outside itself.
 */

/** A colour that Mermaid is told to draw with, and the class that stands for it in the finished SVG. */
export type Palette = Record<string, string>;

export function flatten(svg: SVGSVGElement, palette: Palette, key: string): string {
  const SHAPES = 'path, rect, circle, ellipse, polygon, polyline, line, text, tspan';
  const KEPT = [
    'd',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'ry',
    'width',
    'height',
    'points',
    'dx',
    'dy',
  ];
  const KEPT_ON_MARKER = ['id', 'refX', 'refY', 'markerWidth', 'markerHeight', 'orient', 'markerUnits', 'viewBox'];
  const box = svg.viewBox.baseVal;
  const round = (value: string) =>
    value.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (n) => String(Math.round(Number(n) * 10) / 10));
  const colourClass = (prefix: string, colour: string): string | undefined => {
    if (colour === 'none' || colour === 'rgba(0, 0, 0, 0)') return undefined;
    // Mermaid paints the heads of sequence arrows black, whatever the theme says.
    const name = colour === 'rgb(0, 0, 0)' ? 'edge' : palette[colour];
    if (!name) throw new Error(`colour ${colour} is not in the palette`);
    return `${prefix}-${name}`;
  };
  const quote = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const reference = (id: string) =>
    `${key}-${id.replace(/^.*?(?=[a-zA-Z-]*(?:pointEnd|pointStart|circle|cross|barb|arrowhead|crosshead|filled-head|sequencenumber|stickTop|stickBottom|solid))/i, '').replace(/[^a-zA-Z0-9-]/g, '')}`;
  const used = new Set<string>();

  const attributes = (element: Element): string => {
    const style = getComputedStyle(element);
    const out: [string, string][] = [];
    const kept = element.tagName === 'marker' ? KEPT_ON_MARKER : KEPT;
    for (const name of kept) {
      const value = element.getAttribute(name);
      if (value !== null && value !== '') out.push([name, name === 'id' ? reference(value) : round(value)]);
    }
    const transform = element.getAttribute('transform');
    if (transform && transform !== 'translate(0,0)' && transform !== 'translate(0, 0)')
      out.push(['transform', round(transform)]);
    if (element.matches(SHAPES)) {
      const classes = [
        element.tagName === 'line' ? undefined : colourClass('df', style.fill),
        element.closest('text') ? undefined : colourClass('ds', style.stroke),
      ];
      if (style.fill === 'none' || style.fill === 'rgba(0, 0, 0, 0)') out.push(['fill', 'none']);
      const names = classes.filter((c) => c !== undefined);
      if (names.length > 0) out.push(['class', names.join(' ')]);
      if (style.stroke !== 'none' && !element.closest('text')) {
        out.push(['stroke-width', style.strokeWidth.replace('px', '')]);
        if (style.strokeDasharray !== 'none' && style.strokeDasharray !== '0px')
          out.push(['stroke-dasharray', style.strokeDasharray.replaceAll('px', '')]);
      }
      for (const end of ['marker-start', 'marker-end']) {
        const id = /url\(["']?#([^"')]+)/.exec(element.getAttribute(end) ?? style.getPropertyValue(end))?.[1];
        if (id) {
          used.add(reference(id));
          out.push([end, `url(#${reference(id)})`]);
        }
      }
    }
    if (element.tagName === 'text') {
      if (style.textAnchor !== 'start') out.push(['text-anchor', style.textAnchor]);
      if (style.dominantBaseline !== 'auto') out.push(['dominant-baseline', style.dominantBaseline]);
      out.push(['font-size', style.fontSize.replace('px', '')]);
    }
    if (
      element.matches('text, tspan') &&
      Number(style.fontWeight) >= 600 &&
      Number(getComputedStyle(element.parentElement!).fontWeight) < 600
    )
      out.push(['font-weight', '600']);
    return out.map(([name, value]) => ` ${name}="${quote(value)}"`).join('');
  };

  const visible = (element: Element): boolean => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden') return false;
    if (
      element.matches('rect') &&
      (Number(element.getAttribute('width')) === 0 || element.getAttribute('width') === null)
    )
      return false;
    if (element.matches(SHAPES) && !element.matches('text, tspan')) {
      const invisible = (colour: string) => colour === 'none' || colour === 'rgba(0, 0, 0, 0)';
      if (invisible(style.fill) && (invisible(style.stroke) || style.strokeWidth === '0px')) return false;
    }
    return true;
  };

  const write = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return quote(node.textContent ?? '');
    if (!(node instanceof SVGElement)) return node instanceof Element && node.tagName === 'foreignObject' ? '' : '';
    if (['style', 'title', 'desc', 'filter', 'linearGradient', 'script', 'symbol'].includes(node.tagName)) return '';
    const isMarker = node.tagName === 'marker';
    if (!isMarker && !node.closest('marker') && !visible(node)) return '';
    if (node.tagName === 'foreignObject') throw new Error('an HTML label was drawn, which plain SVG cannot hold');
    const inside = [...node.childNodes].map(write).join('');
    if (node.tagName === 'g' || node.tagName === 'defs') {
      if (inside === '') return '';
      const own = node.tagName === 'g' ? attributes(node) : '';
      return own === '' ? inside : `<g${own}>${inside}</g>`;
    }
    if (['text', 'tspan'].includes(node.tagName) && inside.trim() === '') return '';
    return `<${node.tagName}${attributes(node)}>${inside}</${node.tagName}>`;
  };

  // Without HTML labels Mermaid leaves the names of states at the left edge of their boxes.
  for (const label of svg.querySelectorAll<SVGGElement>('.statediagram-state > .label')) {
    const text = label.querySelector('text');
    if (!text || getComputedStyle(text).textAnchor !== 'start') continue;
    text.style.textAnchor = 'middle';
    const centre = String(-(label.transform.baseVal.consolidate()?.matrix.e ?? 0));
    for (const row of text.querySelectorAll(':scope > tspan')) row.setAttribute('x', centre);
  }

  let body = [...svg.childNodes].map(write).join('');
  body = body.replace(/<marker id="([^"]+)".*?<\/marker>/g, (marker, id: string) => (used.has(id) ? marker : ''));
  body = body.replace(/><\/(?:path|rect|circle|ellipse|polygon|polyline|line)>/g, '/>');
  const pad = 4;
  const [x, y, w, h] = [box.x - pad, box.y - pad, box.width + 2 * pad, box.height + 2 * pad].map((n) => Math.round(n));
  return `<svg xmlns="http://www.w3.org/2000/svg" class="diagram-svg" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}" role="img" aria-labelledby="${key}-t ${key}-d">${body}</svg>`;
}
