// Words for a band at one time, alike in all chapters.

import { decimalsFor, worth } from './language.js';

// Decimals that the band at I is worth: at most two, and three digits where no interval says it.
export function worthOf(band, i) {
    const guess = Math.max(0, decimalsFor(band.mean[i] ?? 0, 3, 1));
    return Math.min(2, band.low && band.high ? worth(band.low[i], band.high[i], guess) : guess);
}

// The middle 80 % of the futures at I, or null.
export function middleFutures(band, i) {
    const [low, high] = [band.quantiles?.[1][i], band.quantiles?.[5][i]];
    return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

// "480 (80 % of the futures: 210 to 860)".
export function describe(band, i, page, write = page.number) {
    const decimals = worthOf(band, i);
    const value = write(band.mean[i], decimals);
    const middle = middleFutures(band, i);
    return middle
        ? page.t('page.value_band', { value, band: page.between(...middle, decimals, write) })
        : value;
}
