// The outline of one country, cut from world-atlas (Natural Earth) when the page is built: the whole
// world would be more than all the rest of the page.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

// Degrees to three decimals are some hundred metres, less than a pixel of the map.
const DECIMALS = 3;

function rounded(point) {
    return point.map((degrees) => Number(degrees.toFixed(DECIMALS)));
}

// A ring of points without those that rounding has made alike.
function thinned(ring) {
    return ring.map(rounded).filter((point, i, all) => i === 0 || point.join() !== all[i - 1].join());
}

// The outline of the country with ISO 3166's number ID ('056'), as GeoJSON: a MultiPolygon.
export function outlineOf(id) {
    const file = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
    const atlas = JSON.parse(readFileSync(file, 'utf8'));
    const country = atlas.objects.countries.geometries.find((one) => one.id === id);
    if (!country) {
        throw new Error(`world-atlas has no country ${id}`);
    }
    const { type, coordinates } = feature(atlas, country).geometry;
    const polygons = type === 'Polygon' ? [coordinates] : coordinates;
    return { type: 'MultiPolygon', coordinates: polygons.map((polygon) => polygon.map(thinned)) };
}
