// A range of years, chosen with two handles.

import { element } from './dom.js';

// FIRST and LAST are the years there are; FROM and UNTIL (both included) where the handles stand.
// CHANGED is called with {from, until} as a handle moves.
export function rangeControl({ first, last, from, until, labels }, changed) {
    const shown = element('output', { class: 'range-shown' });
    const handles = [[from, labels.from], [until, labels.until]].map(([value, label]) => element('input', {
        type: 'range', min: first, max: last, step: 1, value, 'aria-label': label,
    }));
    const track = element('div', { class: 'range-track' }, handles);
    const root = element('div', { class: 'range' }, track, shown);

    function show() {
        const [low, high] = ends();
        shown.textContent = low === high ? `${low}` : `${low}–${high}`;
        const part = (year) => `${last > first ? (100 * (year - first)) / (last - first) : 0}%`;
        track.style.setProperty('--from', part(low));
        track.style.setProperty('--until', part(high));
    }

    // The handles may cross; the lower one is where the range begins.
    function ends() {
        return handles.map((handle) => Number(handle.value)).sort((a, b) => a - b);
    }

    for (const handle of handles) {
        handle.addEventListener('input', () => {
            show();
            const [low, high] = ends();
            changed({ from: low, until: high });
        });
    }
    show();
    return root;
}

// Does a window [from day, until day] lie in RANGE of years? Without a range all do.
export function isInRange(range, window) {
    if (!range) {
        return true;
    }
    const begin = new Date(window[0] * 86400000).getUTCFullYear();
    return begin >= range.from && begin <= range.until;
}

// The two dates between which a picture of RANGE is drawn.
export function datesOf(range) {
    return [new Date(Date.UTC(range.from, 0, 1)), new Date(Date.UTC(range.until + 1, 0, 1))];
}
