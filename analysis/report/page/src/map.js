// A map with a circle for each place: a disc for how many places it has, a ring for how many people
// live there, both by area.

import { geoMercator, geoPath } from 'd3';
import { colours } from './colours.js';
import { svgElement } from './dom.js';

const DISC = '#b0d1e6';
const MOST_HEIGHT = 600;
const MARGIN = 26;
const NARROW = 560;
const MOST_NAMES = 18;
const LETTER = 6.3;

// Do some of PLACES lie within the box around OUTLINE?
export function coversSome(outline, places) {
    const all = (outline?.coordinates ?? []).flat(2);
    const [west, east] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
    const [south, north] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
    return places.some(({ longitude: x, latitude: y }) => x >= west && x <= east && y >= south && y <= north);
}

// What the map must hold: the outline, where the places lie in it, and every place.
function extentOf(outline, places) {
    const points = places.map(({ longitude, latitude }) => [longitude, latitude]);
    const corners = points.length === 1 ? [[points[0][0] - 0.5, points[0][1] - 0.3], [points[0][0] + 0.5, points[0][1] + 0.3]] : [];
    const shapes = [{ type: 'MultiPoint', coordinates: [...points, ...corners] }, ...(outline ? [outline] : [])];
    return { type: 'GeometryCollection', geometries: shapes };
}

// The projection of a map WIDTH pixels wide, and its height.
function fitted(outline, places, width) {
    const extent = extentOf(outline, places);
    const projection = geoMercator().fitWidth(width - 2 * MARGIN, extent);
    const [, [, tall]] = geoPath(projection).bounds(extent);
    const height = Math.min(MOST_HEIGHT, Math.ceil(tall) + 2 * MARGIN);
    return { projection: projection.fitExtent([[MARGIN, MARGIN], [width - MARGIN, height - MARGIN]], extent), height };
}

// PLACES with where they are drawn, the largest first: {place, x, y, disc, ring}, radii in pixels.
export function placedCircles(outline, places, width) {
    const { projection, height } = fitted(outline, places, width);
    const most = Math.max(...places.flatMap((place) => [place.places ?? 0, place.people ?? 0]), 1);
    const largest = Math.min(34, 12 + width / 45);
    const radius = (count) => largest * Math.sqrt(Math.max(0, count ?? 0) / most);
    const circles = places.map((place) => {
        const [x, y] = projection([place.longitude, place.latitude]);
        return { place, x, y, disc: radius(place.places), ring: radius(place.people) };
    }).sort((a, b) => Math.max(b.disc, b.ring) - Math.max(a.disc, a.ring));
    return { circles, projection, height, radius, most };
}

function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function boxAround({ x, y, disc, ring }) {
    const r = Math.max(disc, ring) * 0.8;
    return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

// Where NAME may stand beside a circle: right, left, above, below.
function boxesBeside({ x, y, disc, ring }, name) {
    const [r, w] = [Math.max(disc, ring) + 4, name.length * LETTER];
    return [[x + r, y - 7], [x - r - w, y - 7], [x - w / 2, y - r - 13], [x - w / 2, y + r]]
        .map(([left, top]) => ({ left, right: left + w, top, bottom: top + 14 }));
}

// Names of the largest circles, as far as they hide nothing: [{name, left, bottom}].
export function namesBeside(circles, width, height, taken = []) {
    const boxes = [...circles.map(boxAround), ...taken];
    const names = [];
    for (const circle of circles) {
        const { name } = circle.place;
        const own = circles.indexOf(circle);
        const free = boxesBeside(circle, name).find((box) => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height
            && !boxes.some((other, i) => i !== own && overlaps(box, other)));
        if (free && names.length < MOST_NAMES) {
            boxes.push(free);
            names.push({ name, ...free });
        }
    }
    return names;
}

function circleNodes({ place, x, y, disc, ring }) {
    const full = place.people > place.places;
    return [
        svgElement('circle', { cx: x, cy: y, r: disc, fill: DISC, 'fill-opacity': 0.85, stroke: '#ffffff', 'stroke-width': 0.75 }),
        svgElement('circle', { cx: x, cy: y, r: ring, fill: 'none', stroke: full ? colours.vermilion : colours.blue, 'stroke-width': 2 }),
    ];
}

// The key: circles of round sizes in the lower left corner, where there is room, else below the map.
function keyOf(words, { radius, most }, { left, top }) {
    const size = 10 ** Math.floor(Math.log10(most));
    const sizes = [size, size / 2, size / 10].map(Math.round).filter((n, i, all) => n > 0 && all.indexOf(n) === i);
    const r = radius(sizes[0]);
    const lines = [
        ['circle', { r: 6, fill: DISC }, words.places],
        ['circle', { r: 6, fill: 'none', stroke: colours.vermilion, 'stroke-width': 2 }, words.above],
        ['circle', { r: 6, fill: 'none', stroke: colours.blue, 'stroke-width': 2 }, words.below],
    ];
    const nodes = [
        ...sizes.flatMap((n) => [
            svgElement('circle', { cx: left + r + 1, cy: top + 2 * r - radius(n) + 1, r: radius(n), fill: 'none', stroke: colours.soft }),
            svgElement('line', { x1: left + r + 1, x2: left + 2 * r + 14, y1: top + 2 * (r - radius(n)) + 1, y2: top + 2 * (r - radius(n)) + 1, stroke: colours.soft, 'stroke-width': 0.75 }),
            svgElement('text', { x: left + 2 * r + 18, y: top + 2 * (r - radius(n)) + 5, 'font-size': 11, fill: colours.soft }, words.number(n)),
        ]),
        ...lines.flatMap(([tag, attributes, text], n) => [
            svgElement(tag, { cx: left + 7, cy: top + 2 * r + 22 + 20 * n, ...attributes }),
            svgElement('text', { x: left + 20, y: top + 2 * r + 26 + 20 * n, 'font-size': 12, fill: colours.ink }, text),
        ]),
    ];
    const widest = Math.max(...lines.map(([, , text]) => text.length)) * LETTER + 24;
    return { nodes, box: { left, top, right: left + widest, bottom: top + 2 * r + 80 }, height: 2 * r + 80 };
}

function nameNodes(names) {
    return names.map(({ name, left, bottom }) => svgElement('text', {
        x: left, y: bottom - 3, 'font-size': 11.5, fill: colours.ink, stroke: '#ffffff', 'stroke-width': 3, 'paint-order': 'stroke',
    }, name));
}

// Draws PLACES [{name, latitude, longitude, places, people}] on OUTLINE (null: none); WORDS are
// {places, above, below, number}.
export function drawMap(outline, places, width, words) {
    const made = placedCircles(outline, places, width);
    const { circles, projection, height } = made;
    const wide = width >= NARROW;
    const size = keyOf(words, made, { left: 0, top: 0 });
    const key = keyOf(words, made, { left: 2, top: wide ? height - size.height : height + 4 });
    const whole = wide ? height : height + size.height + 8;
    return svgElement('svg', {
        width, height: whole, viewBox: `0 0 ${width} ${whole}`, 'font-family': 'inherit', style: 'font-family:inherit',
    },
    outline ? svgElement('path', { d: geoPath(projection)(outline), fill: '#eef1f4', stroke: '#aab3bd', 'stroke-width': 1, 'stroke-linejoin': 'round' }) : null,
    circles.flatMap(circleNodes),
    wide ? nameNodes(namesBeside(circles, width, height, [key.box])) : null,
    key.nodes);
}

// What pointer and keys read: TEXT(place) at each circle, the largest first.
export function mapSteps(outline, places, width, text) {
    return placedCircles(outline, places, width).circles.map(({ place, x, y }) => ({ pixel: [x, y], text: text(place) }));
}
